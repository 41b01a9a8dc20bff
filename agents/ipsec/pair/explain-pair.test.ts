import { describe, expect, it } from 'vitest'
import type { PairSeen } from '../facts/pairs-seen'
import { suites } from '../mesh/suite'
import type { EndSeen } from './causes'
import { explainPair } from './explain-pair'
import { childSeen, ikeSeen, modernSuite, pairSeen } from './testing'

const side = { mtu: 1446, suite: modernSuite() }
const counter = (name: string, rose: number) => ({ name, now: 40, rose, means: 'What it counts.' })

type More = Partial<Omit<EndSeen, 'seen'>> & { seen?: Partial<PairSeen> | null }

const end = (name: string, { seen, ...more }: More = {}): EndSeen => ({
  ...{ name, problem: null, counters: [], log: [], ...more },
  seen: seen === null ? null : { ...pairSeen, ...seen },
})
const explain = (quince: More = {}, medlar: More = {}) =>
  explainPair(side, [end('quince', quince), end('medlar', medlar)])
const noAnswer = { ping: { answers: false, ms: null }, largestPasses: false } as const

describe('a pair that is well', () => {
  it('is told as proved by both ends', () => {
    expect(explain()).toMatchObject({ status: 'ok', title: 'All proofs hold' })
  })

  it('is weak by the suite for older daemons', () => {
    const suite = suites.find(({ id }) => id === 'compatible')
    if (!suite) throw new Error('expected a compatible suite')
    const child = { ...childSeen, suite: 'AES_CBC-256/HMAC_SHA2_256_128' }
    const ends = [end('quince', { seen: { child } }), end('medlar', { seen: { child } })] as const
    expect(explainPair({ mtu: 1446, suite }, ends)).toMatchObject({
      status: 'warn',
      why: expect.stringContaining('AES-256 and HMAC-SHA-256'),
    })
  })
})

describe('a pair that was not read', () => {
  it('is not known, and says why', () => {
    expect(explain({ seen: null, problem: 'No route.' }, { seen: null, problem: 'It timed out.' })).toMatchObject({
      status: 'unknown',
      title: 'Neither end was read',
      why: 'quince was not read: No route. medlar was not read: It timed out.',
    })
    expect(explain({}, { seen: null, problem: 'No route.' })).toMatchObject({
      status: 'unknown',
      title: 'medlar was not read',
    })
    expect(explain({ seen: { hasTrap: null } })).toMatchObject({ status: 'unknown', why: 'Not told: Trap.' })
    expect(explainPair(null, [end('quince', { seen: null, problem: 'No address.' }), end('medlar')])).toMatchObject({
      status: 'unknown',
      why: 'quince was not read: No address.',
    })
  })

  it('is broken all the same where the other end says so', () => {
    expect(explain({ seen: { hasTrap: false } }, { seen: null, problem: 'No route.' })).toMatchObject({
      status: 'bad',
      title: 'quince has no trap for this pair',
      why: expect.stringContaining('medlar was not read: No route.'),
    })
  })
})

describe('what the evidence amounts to', () => {
  const none = { ...noAnswer, ike: 'none', child: 'none', grewIn: null, grewOut: null } as const
  const retransmit = '07[IKE] giving up after 5 retransmits'

  it('is what the log says where there is no IKE SA, the more telling end first', () => {
    const keys = "11[IKE] no trusted RSA public key found for '192.0.2.1'"
    expect(explain({ seen: none, log: [retransmit] }, { seen: none, log: [keys] })).toMatchObject({
      status: 'bad',
      title: 'The key exchange does not come about',
      why: expect.stringMatching(/log of medlar says why: one end does not have the key/),
    })
    expect(explain({ seen: none, log: [retransmit] }, { seen: none }).why).toMatch(/log of quince .* does not answer/)
    expect(explain({ seen: none, log: null }, { seen: none }).why).toMatch(/no log says why/)
    const connecting = { ...none, ike: { ...ikeSeen, state: 'CONNECTING' } }
    expect(explain({ seen: connecting }, { seen: none }).title).toBe('The key exchange does not come about')
  })

  it('is that one end forgot', () => {
    expect(explain({}, { seen: none }).title).toBe('quince has an IKE SA and medlar has none')
    expect(explain({ seen: none }).title).toBe('medlar has an IKE SA and quince has none')
  })

  it('is a child SA that is missing, with what the log says', () => {
    const log = ['13[IKE] received TS_UNACCEPTABLE notify, no CHILD_SA built']
    expect(explain({ seen: { ...none, ike: ikeSeen }, log })).toMatchObject({
      title: 'quince has no child SA',
      why: expect.stringContaining('different traffic'),
    })
  })

  it('is transport mode that became tunnel mode, and another suite', () => {
    const child = { ...childSeen, mode: 'TUNNEL', suite: 'AES_CBC-128' }
    expect(explain({}, { seen: { child } })).toMatchObject({
      title: 'Both ends agreed on tunnel mode',
      why: expect.stringMatching(/^medlar says TUNNEL/),
    })
    expect(explain({ seen: { child: { ...child, mode: 'TRANSPORT' } } }).why).toContain('AES_CBC-128')
  })

  it('is a policy, a tunnel or a trap that is missing', () => {
    expect(explain({ seen: { ...noAnswer, policyOut: 'none' } }).title).toBe('quince has no policy for this pair')
    expect(explain({}, { seen: { ...noAnswer, tunnel: 'none' } }).title).toBe('The tunnel of medlar is not there')
    expect(explain({ seen: { ...noAnswer, tunnel: { mtu: 1446, isUp: false } } }).title).toBe(
      'The tunnel of quince is down',
    )
    expect(explain({}, { seen: { hasTrap: false } }).title).toBe('medlar has no trap for this pair')
  })

  it('is ESP that leaves and does not arrive, and who refuses it', () => {
    const out = { ...noAnswer, grewOut: 168, grewIn: 168 }
    const lost = explain({ seen: out }, { seen: { ...out, grewIn: 0 } })
    expect(lost.title).toBe('ESP leaves quince and none arrives at medlar')
    expect(lost.why).toContain('the kernel of medlar refused nothing')
    expect(explain({ seen: { ...out, grewIn: 0 } }, { seen: out }).title).toBe(
      'ESP leaves medlar and none arrives at quince',
    )
    const counters = [counter('XfrmOutNoStates', 9), counter('XfrmInNoStates', 3), counter('XfrmInError', 0)]
    expect(explain({ seen: out }, { seen: { ...out, grewIn: 0 }, counters })).toMatchObject({
      title: 'ESP of quince reaches medlar and is dropped there',
      why: 'medlar: XfrmInNoStates rose by 3. What it counts.',
    })
    const uncounted = explain({ seen: out }, { seen: { ...out, grewIn: 0 }, counters: null })
    expect(uncounted.why).not.toContain('refused nothing')
  })

  it('is a way that takes smaller packets than the devices do', () => {
    expect(explain({ seen: { largestPasses: false } })).toMatchObject({
      title: 'Small packets pass, the largest does not',
      why: expect.stringMatching(/1,446 bytes from quince/),
    })
  })

  it('is an answer that went past ESP', () => {
    expect(explain({}, { seen: { grewOut: 0, grewIn: 0 } }).title).toBe('What medlar sends does not go through ESP')
  })

  it('is just which proofs fail where nothing is clear', () => {
    expect(explain({ seen: { ...noAnswer, grewIn: 168, grewOut: 168 } }, { seen: noAnswer })).toMatchObject({
      title: 'These proofs fail',
      why: expect.stringContaining('Inner ping, Largest packet'),
    })
    expect(explain({ seen: { tunnel: { mtu: 1400, isUp: true } } })).toMatchObject({
      title: 'One proof fails',
      why: expect.stringContaining('Tunnel.'),
    })
  })
})
