import { describe, expect, it } from 'vitest'
import { modernSuite, pairSeen } from '@/agents/ipsec/pair/testing'
import { render, tagsOf, textOf } from '@/components/testing/render'
import type { EndLook } from '../../../live/look-at-pair'
import { EndEvidence } from './end-evidence'
import { ProofsTable } from './proofs-table'

const end = (label: string, more: Partial<EndLook> = {}): EndLook => ({
  ...{ label, name: `${label}.lab`, hostId: `id-of-${label}`, outer: '192.0.2.1', inner: '10.20.0.1' },
  ...{ connection: 'cloud-medlar', problem: null, seen: pairSeen, counters: [], log: [], rules: [] },
  drops: { in: 3, out: null },
  ...more,
})
const look = (one: EndLook, other: EndLook) => ({
  at: 1,
  side: { mtu: 1446, suite: modernSuite() },
  ends: [one, other] as const,
})

describe('the proofs of a pair', () => {
  it('stand in their order, with what each end says', () => {
    const markup = render(
      <ProofsTable look={look(end('quince'), end('medlar', { seen: { ...pairSeen, hasTrap: false } }))} />,
    )
    const text = textOf(markup)
    expect(tagsOf(markup, 'table')[0]).toContain('aria-label="Proofs of quince to medlar"')
    expect(text).toMatch(/IKE SA\s*holds.*ESTABLISHED.*Trap\s*fails.*there.*missing.*Policies/)
    expect(text.match(/holds/g)).toHaveLength(10)
  })

  it('are not known of an end that was not read', () => {
    const text = textOf(render(<ProofsTable look={look(end('quince'), end('medlar', { seen: null }))} />))
    expect(text.match(/not known/g)).toHaveLength(10)
    expect(text.match(/not read/g)).toHaveLength(10)
    const unmeasured = render(<ProofsTable look={{ ...look(end('quince'), end('medlar')), side: null }} />)
    expect(textOf(unmeasured).match(/not known/g)).toHaveLength(10)
  })
})

describe('the evidence of an end', () => {
  it('tells nothing, zero and not read apart', () => {
    const zero = textOf(render(<EndEvidence end={end('quince')} />))
    expect(zero).toContain('All are zero')
    expect(zero).toContain('No line of the last 200 names this pair.')
    expect(zero).toContain('3 in, not counted out')
    const unread = end('quince', { seen: null, problem: 'No route.', counters: null, log: null, rules: null })
    const text = textOf(render(<EndEvidence end={unread} />))
    expect(text).toContain('It was not read: No route.')
    expect(text.match(/Not read\./g)).toHaveLength(2)
    expect(text).toContain('The kernel counts nothing here')
    expect(text).not.toContain('SPI')
  })

  it('shows what rose, and what it means', () => {
    const counters = [
      { name: 'XfrmInNoStates', now: 1200, rose: 3, means: 'Came in for no SA.' },
      { name: 'XfrmFuture', now: 1, rose: null, means: null },
    ]
    const text = textOf(render(<EndEvidence end={end('quince', { counters })} />))
    expect(text).toMatch(/XfrmInNoStates1,200\+3Came in for no SA\..*XfrmFuture1not knownPollux does not know/)
  })

  it('makes nothing of what a host writes but text', () => {
    const hostile = '<img src=x onerror=alert(1)>\u202e\u001b[2J https://evil.example'
    const child = typeof pairSeen.child === 'object' && pairSeen.child
    const markup = render(
      <EndEvidence
        end={end('quince', {
          ...{ log: [hostile], rules: [hostile], problem: hostile },
          counters: [{ name: hostile, now: 1, rose: 1, means: null }],
          seen: { ...pairSeen, child: (child && { ...child, spiIn: hostile }) || null },
        })}
      />,
    )
    expect(markup).not.toMatch(/<img|\u202e|\u001b|href="https/)
    expect(textOf(markup)).toContain('<img src=x onerror=alert(1)>')
  })
})
