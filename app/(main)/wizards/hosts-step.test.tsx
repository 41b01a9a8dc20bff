import { describe, expect, it } from 'vitest'
import { render } from '@/components/testing/render'
import type { Candidate } from '@/lib/changes/list-candidates'
import { HostsStep } from './hosts-step'

const words = { id: 'ipsec', reads: 'network', hostsNote: '' }
const host = (id: string, whyNot: string | null = null): Candidate => ({ id, name: id, address: '192.0.2.1', whyNot })
const closed = host('medlar', 'Its host key changed.')

/** What the form sends without a press on anything: hidden fields, and boxes that are ticked and not closed. */
function sent(chosen: readonly string[], keeps: readonly (readonly [string, string])[]): string[] {
  const markup = render(<HostsStep words={words} hosts={[host('quince'), closed]} chosen={chosen} keeps={keeps} />)
  const inputs = [...markup.matchAll(/<input [^>]*>/g)].map(([tag]) => tag)
  const open = inputs.filter(
    (tag) => /type="hidden"/.test(tag) || (/ checked=""/.test(tag) && !/ disabled=""/.test(tag)),
  )
  return open.map((tag) => `${/name="([^"]*)"/.exec(tag)?.[1]}=${/value="([^"]*)"/.exec(tag)?.[1]}`).toSorted()
}

describe('which hosts', () => {
  it('are sent with what the address keeps', () => {
    expect(sent(['quince'], [['mesh', 'cloud']])).toEqual(['hosts=quince', 'mesh=cloud'])
    expect(sent(['quince'], [])).toEqual(['hosts=quince'])
  })

  it('stay chosen in what they are members of, though nothing can be changed on them now', () => {
    expect(sent(['quince', 'medlar'], [['mesh', 'cloud']])).toEqual(['hosts=medlar', 'hosts=quince', 'mesh=cloud'])
    expect(sent(['quince', 'medlar'], [])).toEqual(['hosts=quince'])
  })
})
