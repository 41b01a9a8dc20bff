import { randomBytes } from 'node:crypto'
import type { Found, RawReading } from '@/lib/agent'
import { AppError } from '@/lib/errors'
import { decodeReading, notRead } from './decode-reading'
import { type Frames, type ProbeFrames, parseComplaints, parseFrames } from './parse-frames'
import { type FactsSession, type ReadFactsOptions, runScript, type ScriptRun } from './run-script'
import { type AnyProbe, buildFactsScript } from './script'

export type { FactsSession, ReadFactsOptions } from './run-script'

/** Something about the run itself that a person should know; the probes' own gaps stand in their results. */
export interface FactsProblem {
  probeId: string | null
  message: string
}

export interface FactsRun {
  /** By probe id. */
  results: Record<string, Found<unknown>>
  durationMs: number
  /** Scripts sent: 1, unless a probe hung where not even SIGKILL reaches, or said too much. */
  roundTrips: number
  problems: readonly FactsProblem[]
  /** Of the first script, by the dashboard's clock (ms since 1970): when it was sent, and when each probe's last bytes were here. */
  sentAt: number
  arrivedAt: Readonly<Record<string, number>>
}

const maxRoundTrips = 4

/**
 * Asks one host all probes' questions in one round trip and understands the answers. A hung probe costs its own part:
 * on the host by a deadline, and where that cannot help (a process in an uninterruptible wait) by giving up on it here
 * and asking the rest once more in a second channel.
 *
 * A connection that was lost under the script is opened anew once.
 *
 * Throws what the session throws when the host said nothing at all, or the signal was raised; later trouble leaves a
 * partial result with `problems`.
 */
export async function readFacts(
  session: FactsSession,
  probes: readonly AnyProbe[],
  options: ReadFactsOptions = {},
): Promise<FactsRun> {
  const started = performance.now()
  const run: FactsRun & { problems: FactsProblem[] } = {
    results: {},
    durationMs: 0,
    roundTrips: 0,
    problems: [],
    sentAt: Date.now(),
    arrivedAt: {},
  }
  let left = probes
  while (left.length > 0 && run.roundTrips < maxRoundTrips) {
    const nonce = randomBytes(16).toString('hex')
    const answer = await askOnce(session, left, nonce, options, run)
    if (answer === null) break
    run.roundTrips += 1
    if (run.roundTrips === 1) run.arrivedAt = answer.arrivedAt
    const frames = parseFrames(answer.stdout, nonce)
    const complaints = parseComplaints(answer.stderr, nonce)
    const next = left.filter((probe, index) => {
      const own = frames.probes.get(index)
      if (!own) return true
      run.results[probe.id] = understand(probe, own, index, complaints, answer)
      if (!own.ended) run.problems.push(gaveUp(probe, answer))
      return false
    })
    if (frames.done || next.length === left.length) {
      noteSilence(frames, answer, run.problems)
      left = next
      break
    }
    left = next
  }
  for (const probe of left)
    run.results[probe.id] = notRead('cut-off', 'the host was not asked: the reading ended before it')
  run.durationMs = Math.round(performance.now() - started)
  return run
}

async function askOnce(
  session: FactsSession,
  probes: readonly AnyProbe[],
  nonce: string,
  options: ReadFactsOptions,
  run: { roundTrips: number; problems: FactsProblem[] },
): Promise<ScriptRun | null> {
  try {
    const ask = () => runScript(session, buildFactsScript(probes, nonce, options.path), probes, nonce, options)
    return await ask().catch((error) => {
      if (!isConnectionLost(error) || options.signal?.aborted) throw error
      return ask()
    })
  } catch (error) {
    if (run.roundTrips === 0 || options.signal?.aborted) throw error
    run.problems.push({
      probeId: null,
      message: `asking again failed: ${error instanceof Error ? error.message : error}`,
    })
    return null
  }
}

/**
 * A kept connection may have died unseen since it was used last. A reading changes nothing, so it may be sent again on a
 * new one; once, because a host that drops every connection has to be told.
 */
function isConnectionLost(error: unknown): boolean {
  return error instanceof AppError && error.code === 'unreachable' && error.data?.stage === 'command'
}

function understand(
  probe: AnyProbe,
  frames: ProbeFrames,
  index: number,
  complaints: ReadonlyMap<string, string>,
  answer: ScriptRun,
): Found<unknown> {
  const raw: Record<string, RawReading> = {}
  Object.entries(probe.readings).forEach(([name, reading], number) => {
    const decoded = decodeReading(
      reading,
      (turn) => frames.branches.get(`${number}.${turn}`),
      (turn) => complaints.get(`${index} ${number} ${turn}`),
    )
    const stuck = decoded.state === 'not-read' && decoded.why === 'cut-off' && answer.stalled
    raw[name] = stuck ? notRead('timed-out', `${decoded.detail}; it hung where no signal reaches it`) : decoded
  })
  try {
    return probe.parse(raw)
  } catch (error) {
    return notRead(
      'failed',
      `the answer could not be understood: ${error instanceof Error ? error.message : 'unknown'}`,
    )
  }
}

function gaveUp(probe: AnyProbe, answer: ScriptRun): FactsProblem {
  const how = answer.stalled ? 'hung on the host, was given up, and the rest was asked anew' : 'came back cut off'
  return { probeId: probe.id, message: `The part "${probe.id}" ${how}.` }
}

function noteSilence(frames: Frames, answer: ScriptRun, problems: FactsProblem[]): void {
  if (frames.done || frames.probes.size > 0) return
  const message = answer.stalled
    ? 'The host took the script and did not answer.'
    : `The host's shell ended (exit ${answer.exitCode ?? 'unknown'}) without an answer: ${answer.stderr.toString('utf8').trim().slice(-300)}`
  problems.push({ probeId: null, message })
}
