import { setTimeout as sleep } from 'node:timers/promises'
import { isGuestKind } from '@/e2e/lab/hosts'
import { cutLink, hostExec, labHosts, restoreLink, waitForSsh, waitUntil } from '@/e2e/lab/lab'
import { inTime, leave, reset, untilNoticed, watch } from './cell'
import { Dashboard } from './controller'
import { getSubject, type Subject } from './subjects'
import { eitherWrong, hasEnded, screenWrong } from './verdict'

/** Seconds beyond its deadline within which a host must have ended the change, and be in reach. */
const graceS = 10

export interface CutsResult {
  cuts: number
  quiet: number
  wrong: string[]
  /** Seconds from the deadline to the host's end (negative: before it), the worst of all. */
  worstS: number
  ends: Map<string, number>
}

export interface CutsWanted {
  subject: string
  cuts: number
  /** Changes that nobody disturbs: none of them may be taken back. */
  quiet: number
  seed: number
}

/** A dashboard, and the hosts that it makes its changes on. */
interface Lane {
  subject: Subject
  hosts: readonly string[]
  own: Dashboard
}

/** Whose link is cut, and how many seconds after the approval. */
interface Cut {
  host: string
  afterS: number
}

/** Undisturbed changes at a time: what they find is to be the engine's doing, not a machine's that has too much to do. */
const quietAtOnce = 4

/**
 * Makes changes that nobody disturbs, a few at a time, and then cuts links for good at random moments of changes, on as
 * many namespace hosts at a time as the subject has.
 */
export async function runCuts(wanted: CutsWanted, say: (line: string) => void): Promise<CutsResult> {
  const subject = getSubject(wanted.subject)
  const sets = [...subject.hosts, ...(subject.more ?? [])].filter((hosts) => hosts.every(isNamespaceHost))
  const lanes = sets.map((hosts): Lane => ({ subject, hosts, own: new Dashboard() }))
  const result: CutsResult = { cuts: 0, quiet: 0, wrong: [], worstS: Number.NEGATIVE_INFINITY, ends: new Map() }
  if (lanes.length === 0) result.wrong.push(`No namespace host of ${subject.id} runs.`)
  const random = randomFrom(wanted.seed)
  try {
    // A run that was ended in its middle left them cut.
    for (const name of sets.flat()) await restoreLink(name)
    await Promise.all(lanes.map(({ own }) => own.start()))
    const usualS = await disturbNone(lanes, wanted.quiet, result, say)
    let left = wanted.cuts
    const cutAway = async (lane: Lane) => {
      while (left > 0) {
        left -= 1
        const cut = { host: pick(lane.hosts, random), afterS: random() * usualS * 1.1 }
        if ((await tried(lane, cut, result, say)) !== null) result.cuts += 1
      }
    }
    await Promise.all(lanes.map(cutAway))
  } finally {
    for (const { own, hosts } of lanes) {
      await own.close()
      for (const name of hosts) await leave(name, subject)
    }
  }
  return result
}

const isNamespaceHost = (name: string) => labHosts().some((host) => host.name === name && !isGuestKind(host.kind))

const pick = (hosts: readonly string[], random: () => number) => hosts[Math.floor(random() * hosts.length)] ?? ''

/** Seconds that a change takes that nobody disturbs, on the average. */
async function disturbNone(
  lanes: readonly Lane[],
  changes: number,
  result: CutsResult,
  say: (line: string) => void,
): Promise<number> {
  const free = [...lanes]
  const seconds: number[] = []
  let left = changes
  const inTurn = async () => {
    while (left > 0) {
      left -= 1
      const lane = free.shift()
      if (!lane) return
      const took = await tried(lane, null, result, say)
      if (took !== null) {
        result.quiet += 1
        seconds.push(took)
      }
      free.push(lane)
    }
  }
  await Promise.all(lanes.slice(0, quietAtOnce).map(inTurn))
  return seconds.reduce((sum, each) => sum + each, 0) / Math.max(1, seconds.length)
}

/** Makes one change and tells how it went; its seconds, or null where it did not come to an end. */
async function tried(
  { subject, hosts, own }: Lane,
  cut: Cut | null,
  result: CutsResult,
  say: (line: string) => void,
): Promise<number | null> {
  const told = (what: string, end: string, wrong: string[], more = '') => {
    result.ends.set(end, (result.ends.get(end) ?? 0) + 1)
    const line = `${wrong.length === 0 ? 'ok ' : 'RED'} ${subject.id} on ${hosts.join('+')}: ${what}: ${end}${more}`
    if (wrong.length > 0) result.wrong.push([line, ...wrong].join('\n    '))
    say([line, ...wrong].join('\n    '))
  }
  const what = cut === null ? 'undisturbed' : `cut of ${cut.host} after ${cut.afterS.toFixed(2)} s`
  try {
    const { end, wrong, seconds, lateS } = await once(subject, hosts, cut, own)
    if (cut === null && end !== 'applied') wrong.push(`nobody disturbed it, and it ended ${end}`)
    if (lateS !== null) result.worstS = Math.max(result.worstS, lateS)
    if (lateS !== null && lateS > graceS) wrong.push(`ended ${lateS.toFixed(1)} s behind its deadline`)
    const side = (late: number) => `, ${Math.abs(late).toFixed(1)} s ${late > 0 ? 'behind' : 'before'} the deadline`
    told(what, end, wrong, lateS === null ? '' : side(lateS))
    return seconds
  } catch (error) {
    await own.forget()
    for (const name of hosts) await restoreLink(name)
    await own.start()
    told(what, 'none', [error instanceof Error ? error.message : String(error)])
    return null
  }
}

async function once(subject: Subject, hosts: readonly string[], cut: Cut | null, own: Dashboard) {
  for (const name of hosts) await reset(name, subject)
  const change = await own.plan(subject.id, hosts, false)
  const watches = await Promise.all(hosts.map((name) => watch(name, change, subject)))
  const begun = performance.now()
  const wrong: string[] = []
  await own.approve(change.changeId, null, false)
  if (cut !== null) {
    await sleep(cut.afterS * 1000)
    await cutLink(cut.host)
    try {
      await Promise.all(
        hosts.map((name) => waitUntil(`${name} ended it alone`, () => hasEnded(name, change.directory), 180)),
      )
      if (await neverBegan(cut.host, change.directory)) await untilNoticed(own, change.changeId)
      // What was uploaded and never started lies there until somebody comes back for it.
      for (const each of watches) wrong.push(...(await eitherWrong(each, /^left (staged|lock|hook)/)))
    } finally {
      await restoreLink(cut.host)
    }
    await waitForSsh(cut.host, graceS)
  }
  const screen = await inTime(own.settled(change.changeId), 240, 'the change never ended')
  const seconds = (performance.now() - begun) / 1000
  for (const each of watches) wrong.push(...(await screenWrong(each, screen)))
  const end = screen.outcome ?? screen.state
  if (!['applied', 'reverted', 'not-started', 'stale', 'split'].includes(end)) wrong.push(`it ended ${end}`)
  return { end, wrong, seconds, lateS: cut === null ? null : await latenessOf(cut.host, change.directory) }
}

async function neverBegan(host: string, directory: string): Promise<boolean> {
  const script = `for end in ${directory}/state/end.*; do [ ! -e "$end" ] || exit 1; done`
  return (await hostExec(host, ['sh'], { input: script })).code === 0
}

/** Seconds from the deadline to the end as the host's own uptime counts them; null when it was never armed. */
async function latenessOf(host: string, directory: string): Promise<number | null> {
  const script = `read -r until boot < ${directory}/deadline && printf '%s ' "$until" && grep '\tend\t' ${directory}/journal | tail -n 1 | cut -f 1`
  const { code, stdout } = await hostExec(host, ['sh'], { input: script })
  const [until, ended] = stdout.trim().split(' ').map(Number)
  if (code !== 0 || until === undefined || ended === undefined || Number.isNaN(ended)) return null
  return ended - until
}

/** The same numbers from the same seed (mulberry32), so that a run can be had again. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
