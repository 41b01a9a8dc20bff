import { describe, expect, it } from 'vitest'
import { failoverDesired } from '@/agents/failover-ip'
import { postfixDesired } from '@/agents/postfix'
import type { InstanceView } from '@/agents/postfix/view'
import { chooseAddress, chosenAddress, typeAddress } from './choose-address'
import { conflictsOf, problemsOf } from './conflicts'
import { desiredOf, firstOf, proofOf } from './desired'
import { firstWish, isDraftOf, wishOf } from './first-wish'
import { domainsFor, namesFor } from './suggested'
import { listenable, type MailHostView, type Wish } from './wish'
import { wishDraft } from './wish-draft'

const port = (name: string, over: object = {}) => ({
  port: name,
  label: '',
  program: 'smtpd',
  now: 'every address',
  whyNot: null,
  isLoopbackOnly: false,
  ...over,
})
const instance: InstanceView = {
  name: '-',
  directory: '/etc/postfix',
  whyNot: null,
  wish: {
    operation: 'set',
    hostId: 'maple',
    instance: '-',
    listeners: [
      { port: '25', addresses: null },
      { port: '587', addresses: null },
      { port: '10025', addresses: ['127.0.0.1'] },
    ],
    source4: null,
    source6: null,
    helo: null,
    sixth: 'any',
    scope: 'all',
    enforce: false,
    greet: false,
    boot: 'fail',
    senders: [],
    proof: { probe: null, dnsServer: null, domain: null },
  },
  isShipped: true,
  ports: [port('25'), port('587'), port('10025', { now: '127.0.0.1', isLoopbackOnly: true })],
  clients: [
    { key: 'smtp/unix', what: '' },
    { key: 'relay/unix', what: '' },
  ],
  through: [],
  myhostname: 'maple.example.org',
  mydomain: 'localdomain',
  can: { enforce: true, preferIpv4: true, senders: true, wait: true, ipv6: true },
  problems: [],
}
const host: MailHostView = {
  hostId: 'maple',
  name: 'maple',
  names: {},
  whyNot: null,
  canInstall: false,
  version: '3.7.11',
  support: 'live-tested',
  queued: 0,
  addresses: [
    { host: '203.0.113.40', family: 4, device: 'eth0', isFailover: true },
    { host: '10.77.0.31', family: 4, device: 'eth0', isFailover: false },
    { host: '2001:db8:77::31', family: 6, device: 'eth0', isFailover: false },
  ],
  devices: ['eth0', 'eth1'],
  instances: [instance],
}
const own = '203.0.113.40'
const first = firstWish(host, null, true)
const onOwn = chooseAddress(first, instance, own)
const said = (wish: Wish, on = instance, at = host) => conflictsOf(at, on, wish).map(({ field }) => field)
const read = (wish: Wish, on = instance) => postfixDesired.parse(desiredOf(host, on, wish))

/** An instance that does already what a wish says. */
const doing = (over: Partial<InstanceView['wish']>): InstanceView => ({
  ...instance,
  isShipped: false,
  wish: { ...instance.wish, ...over },
})

describe('what the form begins with', () => {
  it('is what Postfix does now, and nothing would come of it', () => {
    expect(read(first)).toEqual({
      ...instance.wish,
      listeners: [],
      proof: { probe: { to: 'pollux' }, dnsServer: null, domain: null },
    })
  })

  it('leaves alone what was made for programs on the host itself', () => {
    expect(Object.keys(first.ports)).toEqual(['25', '587'])
  })

  it('keeps of an own address what is set there already, and proves it again', () => {
    const listeners = [{ port: '25', addresses: [own, '127.0.0.1'] }]
    const all = [...listeners, { port: '587', addresses: [own] }]
    const now = doing({ listeners: all, source4: own, helo: 'mail.example.org', scope: ['smtp/unix'], enforce: true })
    const wish = wishOf(host, now, true)
    expect(chosenAddress(wish)).toBe(own)
    expect(read(wish, now)).toMatchObject({ listeners, source4: own, scope: ['smtp/unix'], enforce: true })
  })

  it('is a draft of this host and instance as far as it fits', () => {
    const kept = { ...onOwn, helo: 'kept.example.org', device: 'gone0', clients: ['smtp/unix', 'gone/unix'] }
    const wish = firstWish(host, { ...kept, ports: { ...kept.ports, '2525': { mode: 'every', addresses: [] } } }, false)
    expect(wish).toMatchObject({ helo: 'kept.example.org', device: 'eth0', clients: ['smtp/unix'], probe: 'none' })
    expect(wish.ports).toEqual(onOwn.ports)
    expect(wishDraft.parse(JSON.parse(JSON.stringify(wish)))).toEqual(wish)
  })

  it('is no draft of another host, nor of an instance that cannot be changed', () => {
    const kept = { ...onOwn, helo: 'kept.example.org' }
    expect(firstWish({ ...host, hostId: 'oak' }, kept, true).helo).toBe('')
    const stopped = { ...host, instances: [{ ...instance, whyNot: 'Postfix is not running on maple.' }] }
    expect(isDraftOf(stopped, kept)).toBe(false)
  })

  it('puts nothing on that was put on since', () => {
    const kept = { ...onOwn, alias: `${own}/32` }
    expect(firstWish(host, kept, true).alias).toBeNull()
    expect(firstWish({ ...host, addresses: [] }, kept, true).alias).toBe(`${own}/32`)
  })
})

describe('the address', () => {
  it('fills in where mail comes in and what it leaves from, and leaves local programs their door', () => {
    expect(read(onOwn)).toMatchObject({
      listeners: [{ port: '25', addresses: [own, '127.0.0.1', '::1'] }],
      source4: own,
      source6: null,
    })
    expect(firstOf(host, onOwn)).toEqual([])
    const without6 = { ...instance, can: { ...instance.can, ipv6: false } }
    expect(chooseAddress(first, without6, own).ports['25']?.addresses).toEqual([own, '127.0.0.1'])
  })

  it('is put on in the same change when the host does not have it, and followed while it is typed', () => {
    const typed = [...'198.51.100.7/32'].reduce(
      (wish, key) => typeAddress(wish, instance, (wish.alias ?? '') + key),
      chooseAddress(first, instance, 'new'),
    )
    expect(read(typed)).toMatchObject({
      listeners: [{ port: '25', addresses: ['198.51.100.7', '127.0.0.1', '::1'] }],
      source4: '198.51.100.7',
    })
    const [part, ...rest] = firstOf(host, { ...typed, device: 'eth1' })
    expect(rest).toEqual([])
    expect(part?.agentId).toBe('failover-ip')
    expect(failoverDesired.parse(part?.desired)).toEqual({
      operation: 'add',
      address: '198.51.100.7/32',
      to: { hostId: 'maple', device: 'eth1' },
      keep: 'boot',
      announce: true,
    })
    expect(listenable(host, instance, typed, '25')[0]).toBe('198.51.100.7')
  })

  it('fills in nothing while what is typed is no address any more', () => {
    const typed = typeAddress(chooseAddress(first, instance, 'new'), instance, '198.51.100.7/32')
    expect(typeAddress(typed, instance, '198.51.100.7/33')).toMatchObject({ alias: '198.51.100.7/33', source4: '' })
  })

  it('takes a new IPv6 address as the source of IPv6', () => {
    const typed = typeAddress(chooseAddress(first, instance, 'new'), instance, '2001:DB8::40/128')
    expect(read(typed)).toMatchObject({ source4: null, source6: '2001:db8::40' })
  })

  it('takes everything back that a new one had filled in, once another is chosen', () => {
    const typed = typeAddress(chooseAddress(first, instance, 'new'), instance, '198.51.100.7/32')
    const sender = { pattern: '@example.org', source4: '198.51.100.7', source6: '', helo: 'mail.example.org' }
    const none = chooseAddress({ ...typed, senders: [sender] }, instance, '')
    expect(none).toEqual({ ...first, senders: [{ ...sender, source4: '' }] })
    expect(chooseAddress(typed, instance, own)).toEqual(onOwn)
  })

  it('is no more one of its own when none is chosen, also where one is set', () => {
    const now = doing({ listeners: [{ port: '25', addresses: [own] }], source4: own })
    expect(read(chooseAddress(wishOf(host, now, true), now, ''), now)).toMatchObject({
      listeners: [{ port: '25', addresses: null }],
      source4: null,
    })
  })

  it('keeps the plan back until it is typed', () => {
    const typing = chooseAddress(onOwn, instance, 'new')
    expect(problemsOf(typing).map(({ field }) => field)).toEqual(['alias'])
    expect(desiredOf(host, instance, typing)).toBeNull()
    expect(firstOf(host, typing)).toEqual([])
  })
})

describe('the desired', () => {
  it('has IPv6 used where it has a source', () => {
    expect(read({ ...onOwn, sixth: 'never' }).operation === 'set' && read({ ...onOwn, sixth: 'never' })).toMatchObject({
      sixth: 'never',
    })
    const six = { ...onOwn, source6: '2001:db8:77::31' }
    expect(read({ ...six, sixth: 'never' })).toMatchObject({ sixth: 'any' })
    expect(read({ ...six, sixth: 'prefer-ipv4' })).toMatchObject({ sixth: 'prefer-ipv4' })
  })

  it('keeps mail back only for a source, and only where Postfix can', () => {
    const old = { ...instance, can: { ...instance.can, enforce: false } }
    expect(read({ ...onOwn, enforce: true })).toMatchObject({ enforce: true })
    expect(read({ ...first, enforce: true })).toMatchObject({ enforce: false })
    expect(read({ ...onOwn, enforce: true }, old)).toMatchObject({ enforce: false })
  })

  it('has the senders and the proof as they were typed', () => {
    const senders = [{ pattern: ' Ada@example.org ', source4: own, source6: '', helo: '' }]
    const proof = { probe: 'address', probeAddress: ' ada@example.net', dnsServer: '10.77.0.33', domain: ' ' } as const
    expect(read({ ...onOwn, senders, ...proof })).toMatchObject({
      senders: [{ pattern: 'ada@example.org', source4: own, source6: null, helo: null }],
      proof: { probe: { to: 'address', address: 'ada@example.net' }, dnsServer: '10.77.0.33', domain: null },
    })
    expect(proofOf({ ...onOwn, probe: 'none' }).probe).toBeNull()
  })

  it.each<[string, Partial<Wish>]>([
    ['port.25', { ports: { '25': { mode: 'chosen', addresses: [] } } }],
    ['clients', { scope: 'some', clients: [] }],
    ['helo', { helo: 'mail_1.example.org' }],
    ['senders.0.pattern', { senders: [{ pattern: 'ada', source4: own, source6: '', helo: '' }] }],
    ['senders.0.source4', { senders: [{ pattern: '@example.org', source4: '', source6: '', helo: '' }] }],
    ['senders.0.helo', { senders: [{ pattern: '@example.org', source4: '', source6: '', helo: 'mail' }] }],
    ['probeAddress', { probe: 'address', probeAddress: '' }],
    ['dnsServer', { dnsServer: 'dns.example.org' }],
    ['domain', { domain: 'localdomain' }],
  ])('is none while %s is wrong', (field, over) => {
    const wish = { ...onOwn, ...over }
    expect(problemsOf(wish).map((one) => one.field)).toEqual([field])
    expect(desiredOf(host, instance, wish)).toBeNull()
  })
})

describe('what the choices bring along', () => {
  const listening = (addresses: string[], over: Partial<Wish> = {}): Wish => ({
    ...onOwn,
    sixth: 'never',
    boot: 'wait',
    ...over,
    ports: { '25': { mode: 'chosen', addresses }, ...over.ports },
  })
  const quiet = listening([own, '127.0.0.1'])

  it('is nothing where nothing is to be said', () => {
    expect(said(quiet)).toEqual([])
    expect(said({ ...first })).toEqual([])
  })

  it('local programs are shut out without loopback', () => {
    expect(said(listening([own]))).toEqual(['port.25'])
    const now = doing({ listeners: [{ port: '25', addresses: [own] }] })
    expect(said({ ...quiet, ports: { '25': { mode: 'leave', addresses: [own] } } }, now)).toEqual(['port.25'])
  })

  it('an address is missing, unless mail starts without it', () => {
    const gone = listening(['192.0.2.9', '127.0.0.1'], { source4: '192.0.2.9', source6: '2001:db8::9' })
    const senders = [{ pattern: '@example.org', source4: own, source6: '2001:db8::9', helo: '' }]
    expect(said({ ...gone, senders })).toEqual(['port.25', 'source4', 'source6', 'senders.0.source6'])
    expect(said({ ...gone, senders, boot: 'nonlocal' })).toEqual([])
  })

  it('the address is there already', () => {
    expect(said({ ...quiet, alias: `${own}/32` })).toEqual(['alias'])
  })

  it('another port still listens everywhere', () => {
    const every = { mode: 'leave' as const, addresses: [] }
    expect(said(listening([own, '127.0.0.1'], { ports: { '587': every } }))).toEqual(['port.587'])
    expect(said({ ...first, ports: { ...first.ports, '587': { mode: 'every', addresses: [] } } })).toEqual([])
  })

  it('mail leaves from elsewhere over IPv6', () => {
    expect(said({ ...quiet, sixth: 'any' })).toEqual(['sixth'])
    expect(said({ ...quiet, sixth: 'any', source6: '2001:db8:77::31' })).toEqual([])
    const four = { ...instance, can: { ...instance.can, ipv6: false } }
    expect(said({ ...quiet, sixth: 'any' }, four)).toEqual([])
  })

  it('there is no mail at all while an address is missing at boot', () => {
    expect(said({ ...quiet, boot: 'fail' })).toEqual(['boot'])
    expect(said({ ...quiet, boot: 'fail', ports: { '25': { mode: 'every', addresses: [own] } } })).toEqual([])
  })

  it('the name is not the one of the address, as far as that is known', () => {
    const named = (names: string[]) => ({ ...host, names: { [own]: names } })
    const told = { ...quiet, helo: 'Mail.example.org' }
    expect(said(told, instance, named(['mail.example.org']))).toEqual([])
    expect(said(told, instance, named(['ip40.example.net']))).toEqual(['helo'])
    expect(said({ ...quiet, helo: '' }, instance, named(['mail.example.org']))).toEqual(['helo'])
    expect(conflictsOf(named([]), instance, told)).toEqual([
      { field: 'helo', text: `${own} has no name in the DNS. Many servers refuse mail from it.` },
    ])
    expect(said(told, instance, host)).toEqual([])
  })

  it('nothing can be greeted with while there is no name', () => {
    expect(said({ ...quiet, greet: true })).toEqual(['greet'])
  })
})

describe('what is suggested', () => {
  const asked = {
    ...host,
    names: { '10.77.0.31': ['maple.example.org'], [own]: ['mail.example.org', 'bad_name.x.org'] },
  }

  it('names of the chosen address first, each once, and none that would be refused', () => {
    expect(namesFor(asked, instance, onOwn)).toEqual([
      { name: 'mail.example.org', from: `name of ${own}` },
      { name: 'maple.example.org', from: 'name of 10.77.0.31' },
    ])
    expect(namesFor(asked, instance, { ...onOwn, helo: 'mail.example.org' })).toHaveLength(1)
    expect(namesFor(host, { ...instance, myhostname: 'localhost' }, onOwn)).toEqual([])
  })

  it('the domain of the name, and that of the server where it is one', () => {
    expect(domainsFor(instance, { ...onOwn, helo: 'mail.example.org' }).map(({ name }) => name)).toEqual([
      'example.org',
    ])
    const real = { ...instance, mydomain: 'example.com' }
    expect(domainsFor(real, { ...onOwn, helo: 'example.org' }).map(({ name }) => name)).toEqual(['example.com'])
  })
})
