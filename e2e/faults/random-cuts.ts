import { setTimeout as sleep } from 'node:timers/promises'
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

/** Cuts links for good at random moments of changes, on as many namespace hosts at a time as the subject has. */
export async function runCuts(wanted: CutsWanted, say: (line: string) => void): Promise<CutsResult> {
  const subject = getSubject(wanted.subject)
  const lanes = [...subject.hosts, ...(subject.more ?? [])].filter((hosts) => hosts.every(isNamespaceHost))
  const result: CutsResult = { cuts: 0, quiet: 0, wrong: [], worstS: Number.NEGATIVE_INFINITY, ends: new Map() }
  if (lanes.length === 0) result.wrong.push(`No namespace host of ${subject.id} runs.`)
  const random = randomFrom(wanted.seed)
  const todo = { quiet: wanted.quiet, cuts: wanted.cuts }
  await Promise.all(lanes.map((hosts) => runLane(subject, hosts, todo, random, result, say)))
  return result
}

const isNamespaceHost = (name: string) => labHosts().some((host) => host.name === name && host.kind !== 'uml')

async function runLane(
  subject: Subject,
  hosts: readonly string[],
  todo: { quiet: number; cuts: number },
  random: () => number,
  result: CutsResult,
  say: (line: string) => void,
): Promise<void> {
  const own = new Dashboard()
  await own.start()
  let usualS = 4
  const told = (what: string, end: string, wrong: string[], more = '') => {
    result.ends.set(end, (result.ends.get(end) ?? 0) + 1)
    const line = `${wrong.length === 0 ? 'ok ' : 'RED'} ${subject.id} on ${hosts.join('+')}: ${what}: ${end}${more}`
    if (wrong.length > 0) result.wrong.push([line, ...wrong].join('\n    '))
    say([line, ...wrong].join('\n    '))
  }
  try {
    for (; todo.quiet + todo.cuts > 0; ) {
      const isCut = todo.quiet <= 0
      if (isCut) todo.cuts -= 1
      else todo.quiet -= 1
      const cutAfterS = isCut ? random() * usualS * 1.1 : null
      const host = hosts[Math.floor(random() * hosts.length)] ?? ''
      try {
        const ran = await once(subject, hosts, host, cutAfterS, own)
        if (isCut) result.cuts += 1
        else {
          result.quiet += 1
          usualS = ran.seconds
        }
        if (!isCut && ran.end !== 'applied') ran.wrong.push(`nobody disturbed it, and it ended ${ran.end}`)
        if (ran.lateS !== null) result.worstS = Math.max(result.worstS, ran.lateS)
        if (ran.lateS !== null && ran.lateS > graceS)
          ran.wrong.push(`ended ${ran.lateS.toFixed(1)} s behind its deadline`)
        const when =
          ran.lateS === null
            ? ''
            : `, ${Math.abs(ran.lateS).toFixed(1)} s ${ran.lateS > 0 ? 'behind' : 'before'} the deadline`
        told(
          cutAfterS === null ? 'undisturbed' : `cut of ${host} after ${cutAfterS.toFixed(2)} s`,
          ran.end,
          ran.wrong,
          when,
        )
      } catch (error) {
        await own.forget()
        for (const name of hosts) await restoreLink(name)
        await own.start()
        told('not ended', 'none', [error instanceof Error ? error.message : String(error)])
      }
    }
  } finally {
    await own.close()
    for (const name of hosts) await leave(name, subject)
  }
}

async function once(
  subject: Subject,
  hosts: readonly string[],
  host: string,
  cutAfterS: number | null,
  own: Dashboard,
) {
  for (const name of hosts) await reset(name, subject)
  const change = await own.plan(subject.id, hosts, false)
  const watches = await Promise.all(hosts.map((name) => watch(name, change, subject)))
  const begun = performance.now()
  const wrong: string[] = []
  await own.approve(change.changeId, null, false)
  if (cutAfterS !== null) {
    await sleep(cutAfterS * 1000)
    await cutLink(host)
    try {
      await Promise.all(
        hosts.map((name) => waitUntil(`${name} ended it alone`, () => hasEnded(name, change.directory), 180)),
      )
      if (await neverBegan(host, change.directory)) await untilNoticed(own, change.changeId)
      // What was uploaded and never started lies there until somebody comes back for it.
      for (const each of watches) wrong.push(...(await eitherWrong(each, /^left (staged|lock|hook)/)))
    } finally {
      await restoreLink(host)
    }
    await waitForSsh(host, graceS)
  }
  const screen = await inTime(own.settled(change.changeId), 240, 'the change never ended')
  const seconds = (performance.now() - begun) / 1000
  for (const each of watches) wrong.push(...(await screenWrong(each, screen)))
  const end = screen.outcome ?? screen.state
  if (!['applied', 'reverted', 'not-started', 'stale', 'split'].includes(end)) wrong.push(`it ended ${end}`)
  return { end, wrong, seconds, lateS: cutAfterS === null ? null : await latenessOf(host, change.directory) }
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
