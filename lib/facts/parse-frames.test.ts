import { describe, expect, it } from 'vitest'
import { defineProbe, type RawReading } from '@/lib/agent'
import { decodeReading } from './decode-reading'
import { parseComplaints, parseFrames } from './parse-frames'
import { buildFactsScript } from './script'
import { localSession } from './testing/local-session'

const nonce = '0123456789abcdef0123456789abcdef'
const probe = defineProbe({
  id: 'a',
  timeoutS: 5,
  readings: {
    file: { kind: 'file', path: '/etc/passwd' },
    small: { kind: 'file', path: '/etc/passwd', maxBytes: 4096 },
    files: { kind: 'files', globs: ['/sys/block/*/size'] },
    links: { kind: 'links', globs: ['/sys/block/*', '/etc/localtime'] },
    document: { kind: 'document', path: '/etc/passwd' },
    programs: { kind: 'programs', names: ['sh', 'cat'] },
    command: { kind: 'command', argv: ['cat', '/etc/passwd'] },
    each: { kind: 'each', globs: ['/etc/host*'], argv: ['cat'] },
  },
  parse: () => ({ state: 'read', value: null }),
})

async function outputOf(): Promise<Buffer> {
  const signal = new AbortController().signal
  const options = { timeoutMs: 10_000, maxBytes: 1e7, privileged: false, onStdout: () => {}, signal }
  return (await localSession().script(buildFactsScript([probe], nonce), options)).stdout
}

function decoded(output: Buffer): RawReading[] {
  const own = parseFrames(output, nonce).probes.get(0)
  return Object.values(probe.readings).map((reading, number) =>
    decodeReading(
      reading,
      (turn) => own?.branches.get(`${number}.${turn}`),
      () => undefined,
    ),
  )
}

describe('parseFrames', () => {
  it('takes an answer cut at any byte: each reading is whole, or known to be cut off', async () => {
    const output = await outputOf()
    const whole = decoded(output)
    expect(whole.map((reading) => reading.state)).toEqual(whole.map(() => 'read'))
    let cutOff = 0
    for (let length = 0; length < output.length; length += 7) {
      decoded(output.subarray(0, length)).forEach((reading, at) => {
        const isCut = reading.state === 'not-read' && reading.why === 'cut-off'
        if (isCut) cutOff += 1
        else expect(reading).toEqual(whole[at])
      })
    }
    expect(cutOff).toBeGreaterThan(100)
  })

  it('counts only marks with its own nonce that stand on a line of their own', () => {
    const other = 'f'.repeat(32)
    const text = `hello\n${nonce} p 0\n\n${nonce} r 0 0\n\n${nonce} d\nx ${nonce} e ok 0\n${other} e ok 0\n${nonce}\n\n${nonce} e ok 0\n\n${nonce} q 0\n`
    const frames = parseFrames(Buffer.from(text), nonce)
    const branch = frames.probes.get(0)?.branches.get('0.0')
    expect(branch?.data.map(({ bytes }) => bytes.toString())).toEqual([
      `x ${nonce} e ok 0\n${other} e ok 0\n${nonce}\n`,
    ])
    expect([branch?.end, frames.done]).toEqual([{ why: 'ok', code: 0 }, false])
    expect(parseFrames(Buffer.alloc(0), nonce)).toEqual({ probes: new Map(), done: false })
  })
})

describe('parseComplaints', () => {
  it('gives each failed reading what was said since the one before, at most its last 300 characters', () => {
    const text = `warning\n\n${nonce} 0 1 0\n${'y'.repeat(400)}\n\n${nonce} 0 2 1\n`
    expect([...parseComplaints(Buffer.from(text), nonce)]).toEqual([
      ['0 1 0', 'warning'],
      ['0 2 1', 'y'.repeat(300)],
    ])
  })
})
