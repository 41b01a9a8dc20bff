import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defineProbe, type Reading } from '@/lib/agent'
import { AppError } from '@/lib/errors'
import { processesWith } from '@/lib/ssh/testing/processes-with'
import { hostPath } from './prologue'
import { readFacts } from './run-probes'
import type { FactsSession } from './run-script'
import { localSession, shells } from './testing/local-session'

// Programs that busybox has not in itself: its shell takes its own before those in the PATH.
let bin = ''
const path = (name = 'all') => `${bin}/${name}:${hostPath}`
const ok: Reading = { kind: 'command', argv: ['udevadm', '--version'] }

/** A probe that tells its readings' states, or the reason where one has none. */
function states(id: string, readings: Record<string, Reading>, timeoutS = 1) {
  return defineProbe({
    id,
    timeoutS,
    readings,
    parse: (raw) => ({
      state: 'read',
      value: Object.fromEntries(
        Object.entries(raw).map(([name, reading]) => [name, reading.state === 'read' ? 'read' : reading.why]),
      ),
    }),
  })
}

function values(results: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(results).map(([id, found]) => [id, (found as { value?: unknown; why?: string }).value ?? found]),
  )
}

/** The fraction of an hour's sleep that tells one shell's processes from another's. */
function sleepOf(name: string): number {
  return 100 + ['all', ...Object.keys(shells)].indexOf(name)
}

beforeAll(() => {
  bin = mkdtempSync(join(tmpdir(), 'pollux-bin-'))
  for (const name of ['all', ...Object.keys(shells)]) {
    mkdirSync(join(bin, name))
    const program = (file: string, text: string) => writeFileSync(join(bin, name, file), text, { mode: 0o755 })
    const sleeps = `while :; do sleep 3600.${sleepOf(name)} & wait; done`
    program('tuned-adm', `#!/bin/sh\ntrap '' TERM HUP INT\n${sleeps}\n`)
    program('timedatectl', '#!/bin/sh\nkill -s STOP $$\n')
    program('lsblk', '#!/bin/sh\nexec yes "a line without an end"\n')
    program('getconf', '#!/bin/sh\necho half; echo "it broke" >&2; exit 3\n')
    program('udevadm', '#!/bin/sh\necho here\n')
  }
})

afterAll(() => rmSync(bin, { recursive: true, force: true }))

describe.concurrent.each(Object.keys(shells))('a hung command under %s', (shell) => {
  it('costs its own part only, and is gone with all that it started', async ({ expect }) => {
    const session = localSession(shells[shell] ?? ['sh'])
    const probes = [
      states('first', { a: ok }),
      states('hung', { before: ok, stubborn: { kind: 'command', argv: ['tuned-adm', 'active'] }, after: ok }, 1),
      states('stopped', { stopped: { kind: 'command', argv: ['timedatectl'] } }, 1),
      states('last', { a: ok }),
    ]
    const run = await readFacts(session, probes, { path: path(shell) })
    expect(values(run.results)).toEqual({
      first: { a: 'read' },
      hung: { before: 'read', stubborn: 'timed-out', after: 'timed-out' },
      stopped: { stopped: 'timed-out' },
      last: { a: 'read' },
    })
    expect([run.roundTrips, run.problems]).toEqual([1, []])
    await expect.poll(() => processesWith(`3600.${sleepOf(shell)}`)).toEqual([])
  })

  it('leaves the rest of its probe where it has a shorter limit than the probe', async ({ expect }) => {
    const hung: Reading = { kind: 'command', argv: ['tuned-adm', 'active'], timeoutS: 1 }
    const ladder: Reading = { kind: 'first-of', of: [hung, ok] }
    const run = await readFacts(localSession(shells[shell] ?? ['sh']), [states('one', { ladder, after: ok }, 20)], {
      path: path(shell),
    })
    expect(values(run.results)).toEqual({ one: { ladder: 'read', after: 'read' } })
  })
})

describe('readFacts', () => {
  it('asks the rest again when the host hangs where no signal reaches it', async () => {
    // The shell itself stops: what an uninterruptible wait looks like from here.
    const stopping: FactsSession = {
      script: (sh, options) =>
        localSession().script(
          sh.replace(/^p 1 /m, () => 'p 1 1; kill -s STOP $$ #'),
          options,
        ),
    }
    const rounds: string[] = []

    const session: FactsSession = {
      script: (sh, options) => {
        rounds.push(sh)
        return rounds.length === 1 ? stopping.script(sh, options) : localSession().script(sh, options)
      },
    }
    const probes = [states('first', { a: ok }), states('stuck', { a: ok }), states('last', { a: ok })]
    const run = await readFacts(session, probes, { path: path(), graceMs: 200 })
    expect(values(run.results)).toEqual({
      first: { a: 'read' },
      stuck: { a: 'timed-out' },
      last: { a: 'read' },
    })
    expect(run.roundTrips).toBe(2)
    expect(run.problems).toEqual([{ probeId: 'stuck', message: expect.stringContaining('hung') }])
    expect(rounds[0]?.slice(0, 40)).not.toBe(rounds[1]?.slice(0, 40))
  })

  it.each([
    { times: 1, code: 'unreachable', stage: 'command', asked: 2, comes: 'read' },
    { times: 2, code: 'unreachable', stage: 'command', asked: 2, comes: 'lost' },
    { times: 1, code: 'unreachable', stage: 'login', asked: 1, comes: 'lost' },
    { times: 1, code: 'internal', stage: 'command', asked: 1, comes: 'lost' },
  ] as const)('a connection lost $times times ($code, $stage): asked $asked times, $comes', async (row) => {
    let asked = 0
    const session: FactsSession = {
      script: async (sh, options) => {
        asked += 1
        if (asked <= row.times) throw new AppError(row.code, 'lost', { data: { stage: row.stage } })
        return localSession().script(sh, options)
      },
    }
    const run = readFacts(session, [states('a', { a: ok })], { path: path() })
    if (row.comes === 'read') expect(values((await run).results)).toEqual({ a: { a: 'read' } })
    else await expect(run).rejects.toThrow('lost')
    expect(asked).toBe(row.asked)
  })

  it('cuts an endless answer, and asks those behind it again', async () => {
    const probes = [states('endless', { a: { kind: 'command', argv: ['lsblk'] } }, 20), states('last', { a: ok })]
    const run = await readFacts(localSession(), probes, { path: path() })
    expect(values(run.results)).toEqual({ endless: { a: 'cut-off' }, last: { a: 'read' } })
    expect(run.roundTrips).toBe(2)
  })

  it('keeps what came before the connection was lost', async () => {
    const session: FactsSession = {
      script: async (sh, options) => localSession().script(sh.replace(/^p 1 .*$/m, '$&; exit 255'), options),
    }
    const run = await readFacts(
      session,
      [states('first', { a: ok }), states('cut', { a: ok }), states('last', { a: ok })],
      {
        path: path(),
      },
    )
    expect(values(run.results)).toMatchObject({ first: { a: 'read' }, cut: { a: 'cut-off' } })
  })

  it('tells what a failing command said, and keeps what it gave', async () => {
    const probe = defineProbe({
      id: 'x',
      timeoutS: 2,
      readings: { a: { kind: 'command', argv: ['getconf', '-a'] } },
      parse: (raw) => ({ state: 'read', value: raw.a }),
    })
    const run = await readFacts(localSession(), [probe], { path: path() })
    expect(run.results.x).toMatchObject({ value: { text: 'half\n', exitCode: 3 } })
  })

  it('says so when there is no shell, and when the answer is no answer', async () => {
    const run = await readFacts(localSession(['sh', '-c', 'echo This account is closed; exit 1']), [
      states('a', { a: ok }),
    ])
    expect(run.results.a).toMatchObject({ state: 'not-read', why: 'cut-off' })
    expect(run.problems).toEqual([{ probeId: null, message: expect.stringContaining('exit 1') }])
  })

  it('takes a greeting of the login shell for what it is', async () => {
    const greeting = localSession(['sh', '-c', 'echo "Welcome to p 0"; echo; exec sh'])
    const run = await readFacts(greeting, [states('a', { a: ok })], { path: path() })
    expect(values(run.results)).toEqual({ a: { a: 'read' } })
  })

  it('ends when it is told to', async () => {
    const stop = new AbortController()
    const session: FactsSession = {
      script: (sh, options) =>
        localSession().script(sh, {
          ...options,
          onStdout: (chunk) => {
            options.onStdout(chunk)
            stop.abort()
          },
        }),
    }
    const reading = readFacts(session, [states('a', { a: { kind: 'command', argv: ['tuned-adm', 'active'] } }, 60)], {
      path: path(),
      signal: stop.signal,
    })
    await expect(reading).rejects.toThrow(/abort/i)
    await expect.poll(() => processesWith(`3600.${sleepOf('all')}`)).toEqual([])
  })

  it('turns a parser that throws into a part that was not read', async () => {
    const broken = defineProbe({
      id: 'broken',
      timeoutS: 1,
      readings: { a: ok },
      parse: () => {
        throw new TypeError('of undefined')
      },
    })
    const run = await readFacts(localSession(), [broken, states('last', { a: ok })], { path: path() })
    expect(run.results.broken).toMatchObject({ state: 'not-read', why: 'failed' })
    expect(values(run.results)).toMatchObject({ last: { a: 'read' } })
  })
})
