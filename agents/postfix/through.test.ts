import { expect, it } from 'vitest'
import { mailFacts } from './testing/facts-with'
import { throughOf } from './through'

const through = (main: string, master: string, version = '3.7.11') => {
  const { facts, instance } = mailFacts(main, master, { version })
  return throughOf(facts, instance)
}
const smtpd = (chroot: string) => `smtp inet n - ${chroot} - - smtpd\n`

it.each<[string, string, string[]]>([
  ['nobody', '', []],
  ['a filter', 'content_filter = scan:[127.0.0.1]:10024\n', ['a filter at [127.0.0.1]:10024, by scan']],
  [
    'milters',
    'smtpd_milters = inet:127.0.0.1:8891\nnon_smtpd_milters = $smtpd_milters\n',
    ['milters of smtpd: inet:127.0.0.1:8891', 'milters of local mail: $smtpd_milters'],
  ],
  ['a proxy', 'smtpd_proxy_filter = 127.0.0.1:10025\n', ['a filter in front: 127.0.0.1:10025']],
  ['a relay', 'relayhost = [relay.example.net]\n', ['all mail to the relay: [relay.example.net]']],
  [
    'tables',
    'transport_maps = hash:/a\nsender_dependent_relayhost_maps = hash:/b\n',
    ['ways by table: hash:/a', 'relays by sender: hash:/b'],
  ],
])('tells of %s', (_, main, expected) => expect(through(main, smtpd('n'))).toEqual(expected))

it('tells of postscreen', () => {
  expect(through('', 'smtp inet n - n - 1 postscreen\nsmtpd pass - - n - - smtpd\n')).toEqual(['postscreen in front'])
  expect(through('', `postscreen unix - - n - - postscreen\n${smtpd('n')}`)).toEqual([])
})

it.each([
  ['y', '3.7.11', true],
  ['n', '3.7.11', false],
  ['-', '3.7.11', false],
  ['-', '2.11.3', true],
  ['n', '2.11.3', false],
])('knows what %s means of a chroot in %s', (chroot, version, isChrooted) => {
  expect(through('', smtpd(chroot), version)).toEqual(isChrooted ? ['smtpd and smtp in a chroot'] : [])
})
