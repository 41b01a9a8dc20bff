import { hostExec, LabError, waitUntil } from '@/e2e/lab/lab'
import { isNew, parseHostOutcome } from '@/lib/changes/outcome'
import { allowedEnds, type End } from './allowed'
import { differences, differencesFromNew, lookAt, type Snapshot, type Watched, watchedOn, withChange } from './compare'
import type { Dashboard, PlannedChange, Screen } from './controller'
import type { Fault, Stricken } from './faults'
import type { Moment } from './moments'
import type { Subject } from './subjects'

/** One fault at one moment of one subject. */
export interface Cell {
  subject: Subject
  hosts: readonly string[]
  /** The host that is struck. */
  host: string
  fault: Fault
  moment: Moment
}

export interface CellResult {
  cell: Cell
  /** What the screen said in the end. */
  end: string
  /** Why the cell is red; empty when it is as it should be. */
  wrong: string[]
  seconds: number
}

/** Seconds that a change may take to its end: its deadline, and what a guest needs to boot. */
const patienceS = 240

/** A host of a change, and what it looked like before it. */
export interface Watch {
  name: string
  watched: Watched
  before: Snapshot
}

/** Makes the change, strikes it at the moment, and compares host and screen. Never throws. */
export async function runCell(
  cell: Cell,
  own: Dashboard,
  other: () => Promise<Dashboard>,
  undoDisabled: boolean,
): Promise<CellResult> {
  const begun = performance.now()
  const result = (end: string, wrong: string[]) => ({ cell, end, wrong, seconds: (performance.now() - begun) / 1000 })
  try {
    const { end, wrong } = await strike(cell, own, other, undoDisabled)
    return result(end, wrong)
  } catch (error) {
    // Whatever it left open must not stand in the way of the next cell.
    await own.forget()
    return result('none', [error instanceof Error ? error.message : String(error)])
  }
}

async function strike(cell: Cell, own: Dashboard, other: () => Promise<Dashboard>, undoDisabled: boolean) {
  const { subject, hosts, host, fault, moment } = cell
  const fails = fault.fails || moment.fails
  for (const name of hosts) await reset(name, subject)
  if (!own.isRunning) await own.start()
  const change = await own.plan(subject.id, hosts, fails)
  const second = fault.id === 'second-dashboard' ? await planElsewhere(await other(), cell, fails) : null
  const watches = await Promise.all(hosts.map((name) => watch(name, change, subject)))
  const on = stricken(cell, own, change, second)
  const wrong: string[] = []
  let kept: string | null = null
  const hit = async () => {
    await fault.strike(on)
    if (fault.id.startsWith('edited')) kept = await fileLineOn(watches, host, on.file)
  }

  const isPlanned = moment.id === 'planned'
  if (isPlanned) await hit()
  const held = moment.where === 'dashboard' && !isPlanned ? own.event('held') : null
  await own.approve(change.changeId, isPlanned ? null : { host, moment: moment.id }, undoDisabled)
  if (!isPlanned) {
    await (held ? inTime(held, 60, 'the moment never came') : untilHeld(host, change.directory))
    try {
      await hit()
      await on.thaw()
      if (fault.cuts && moment.stage === 'before') await untilNoticed(own, change.changeId)
      if (fault.alone) wrong.push(...(await aloneWrong(cell, watches, change)))
    } finally {
      await fault.heal(on)
    }
  } else await fault.heal(on)

  const screen = await inTime(own.settled(change.changeId), patienceS, 'the change never ended')
  const end = screen.state === 'stale' ? 'stale' : (screen.outcome ?? screen.state)
  if (!allowedEnds(fault.id, moment.stage).some((allowed) => allowed === (end as End)))
    wrong.push(
      `the screen says ${end}${screen.detail ? ` (${screen.detail})` : ''}, which this fault does not allow here`,
    )
  for (const each of watches)
    wrong.push(...(await screenWrong(each, screen, host === each.name ? { file: on.file, kept } : undefined)))
  if (end === 'undo-failed') for (const each of watches) wrong.push(...(await byHandWrong(each, change.directory)))
  if (wrong.length > 0) wrong.push(`journal:\n${screen.journal.map((line) => `      ${line}`).join('\n')}`)
  return { end, wrong }
}

/** Brings a host, out of band, to what it was before any change. */
export function reset(name: string, subject: Subject): Promise<void> {
  return withoutPollux(name, subject.reset)
}

/** Takes away, out of band, all that a subject and its changes brought to a host. */
export function leave(name: string, subject: Subject): Promise<void> {
  return withoutPollux(name, subject.leave)
}

async function withoutPollux(name: string, script: string): Promise<void> {
  const input = `for p in /proc/[0-9]*; do
  case "$(tr '\\0' ' ' < "$p/cmdline" 2>/dev/null)" in *sh\\ /var/lib/pollux/changes/*) kill -s KILL "\${p#/proc/}" ;; esac
done
rm -rf /var/lib/pollux
${script}
`
  let said = ''
  const isReset = async () => {
    const ran = await hostExec(name, ['sh'], { input })
    said = ran.stderr.trim()
    return ran.code === 0
  }
  await waitUntil(`${name} is as before any change`, isReset, 60).catch(() => {
    throw new Error(`expected to reset ${name}, got ${said}`)
  })
}

/** Looks at a host before its change. */
export async function watch(name: string, change: PlannedChange, subject: Subject): Promise<Watch> {
  const hostId = Object.entries(change.hostNames).find(([, each]) => each === name)?.[0] ?? ''
  const watched = watchedOn(change.plan, hostId, subject.makes)
  return { name, watched, before: await lookAt(name, watched) }
}

async function planElsewhere(dashboard: Dashboard, { subject, hosts }: Cell, fails: boolean) {
  const { changeId } = await dashboard.plan(subject.id, hosts, fails)
  return async () => {
    await dashboard.approve(changeId, null, false)
    const { state, outcome } = await dashboard.settled(changeId)
    return outcome ?? state
  }
}

function stricken(cell: Cell, own: Dashboard, change: PlannedChange, second: (() => Promise<string>) | null): Stricken {
  const steps = change.plan.phases.flatMap((phase) => phase.hosts.flatMap((each) => each.steps))
  let isThawed = cell.moment.id === 'planned'
  return {
    host: cell.host,
    directory: change.directory,
    file: steps.find((step) => step.kind === 'file')?.path ?? '/nowhere',
    async thaw() {
      if (isThawed) return
      isThawed = true
      if (cell.moment.where === 'host') await goOn(cell.host, change.directory)
      else if (own.isRunning) await own.goOn()
    },
    killDashboard: () => own.kill(),
    async restartDashboard() {
      if (own.isRunning) return
      await own.start()
      await own.resume()
    },
    stopChange: async () => void (await own.stop(change.changeId)),
    tryFromElsewhere: async () => (second ? second() : 'nobody'),
  }
}

/** Waits until the process on the host that came to the moment stands still; a busy guest may not answer at once. */
async function untilHeld(host: string, directory: string): Promise<void> {
  const script = `D=${directory}; n=0
until [ -e "$D/held" ] && case "$(cat "/proc/$(cat "$D/held")/stat")" in *') T '*) true ;; *) false ;; esac; do
  for end in "$D"/state/end.*; do [ ! -e "$end" ] || exit 3; done
  n=$((n + 1)); [ "$n" -lt 200 ] || exit 4
  sleep 0.05
done`
  await waitUntil(
    `${host} came to the moment`,
    async () => {
      const { code } = await hostExec(host, ['sh'], { input: script, seconds: 40 })
      if (code === 3) throw new LabError('failed', 'the moment never came: the change ended before')
      return code === 0
    },
    120,
  )
}

const goOn = (host: string, directory: string) =>
  onHost(host, `D=${directory}; [ ! -e "$D/held" ] || kill -s CONT "$(cat "$D/held")"; exit 0`)

/** Runs a script on the host out of band, again while a busy guest does not answer (255 is ssh's own failure). */
async function onHost(host: string, input: string): Promise<void> {
  await waitUntil(
    `${host} answers`,
    async () => (await hostExec(host, ['sh'], { input, seconds: 60 })).code !== 255,
    90,
  )
}

/** Waits until the dashboard knows that the host is out of reach, or the change is over. */
export async function untilNoticed(own: Dashboard, changeId: number): Promise<void> {
  const isNoticed = async () => {
    const { state, journal } = await own.look(changeId)
    return !['approved', 'applying'].includes(state) || journal.some((line) => line.includes('out of reach'))
  }
  await waitUntil('the dashboard noticed the cut', isNoticed, 90)
}

/** Waits for the host's own end, with nobody's help, and says in what it is neither old nor new then. */
async function aloneWrong(
  { moment, fault }: Cell,
  watches: readonly Watch[],
  { directory }: PlannedChange,
): Promise<string[]> {
  // Nothing was started: there is nothing that the host should end.
  if (moment.stage === 'before') return fault.id === 'dashboard-gone' ? untouched(watches) : []
  const found = await Promise.all(
    watches.map(async ({ name, watched, before }) => {
      await waitUntil(`${name} ended it alone`, () => hasEnded(name, directory), patienceS)
      return eitherWrong({ name, watched, before }, fault.hides)
    }),
  )
  // Where the undo was broken too, the host has nothing better to show.
  return fault.id === 'undo-fails' ? [] : found.flat()
}

/** In what a host is neither as before nor as the change wanted it, beside what a fault itself took away. */
export function eitherWrong({ name, watched, before }: Watch, hides: RegExp | null = null): Promise<string[]> {
  const others = (lines: string[]) => lines.filter((line) => !hides?.test(line))
  return unlessSoon(async () => {
    const now = await lookAt(name, watched)
    const old = others(differences(before, now))
    const fresh = others(differencesFromNew(withChange(before, watched), now))
    if (old.length === 0 || fresh.length === 0) return []
    return [`${name}, alone, is neither old nor new`, ...(old.length <= fresh.length ? old : fresh)]
  })
}

// What an upload left stays until somebody comes back for it; nothing that is managed was touched.
async function untouched(watches: readonly Watch[]): Promise<string[]> {
  const found = await Promise.all(
    watches.map(async ({ name, watched, before }) => differences(before, await lookAt(name, watched))),
  )
  return found.flat().filter((line) => !line.startsWith('left '))
}

/** Whether the host's part ended, or never began. */
export async function hasEnded(name: string, directory: string): Promise<boolean> {
  const script = `for end in ${directory}/state/end.*; do [ -e "$end" ] && exit 0; done
for mark in armed confirmed reverting; do [ ! -e "${directory}/state/$mark" ] || exit 1; done; exit 0`
  return (await hostExec(name, ['sh'], { input: script, seconds: 20 })).code === 0
}

/** In what a host is not as the screen says; the file that somebody else edited must be as he left it. */
export async function screenWrong(
  { name, watched, before }: Watch,
  screen: Screen,
  edited?: { file: string; kept: string | null },
): Promise<string[]> {
  const part = screen.hosts.find((host) => host.name === name)
  const outcome = parseHostOutcome(part?.outcome ?? '') ?? 'not-started'
  if (outcome === 'undo-failed') return []
  const expected = new Map(isNew(outcome) ? withChange(before, watched) : before)
  if (edited && edited.kept !== null) expected.set(`file ${edited.file}`, edited.kept)
  const wrong = await unlessSoon(async () => differencesFromNew(expected, await lookAt(name, watched)))
  return wrong.length === 0 ? [] : [`the screen says ${outcome} of ${name}, and the host differs`, ...wrong]
}

/** The undo by hand, as the page shows it, once what broke it is mended. */
async function byHandWrong({ name, watched, before }: Watch, directory: string): Promise<string[]> {
  await hostExec(name, ['sh', '-c', `sh ${directory}/undo`], { seconds: 60 })
  const wrong = await unlessSoon(async () => differences(before, await lookAt(name, watched)))
  return wrong.length === 0 ? [] : [`the undo by hand did not bring ${name} back`, ...wrong]
}

async function fileLineOn(watches: readonly Watch[], host: string, file: string): Promise<string | null> {
  const each = watches.find((one) => one.name === host)
  return each ? ((await lookAt(host, each.watched)).get(`file ${file}`) ?? null) : null
}

/** Looks again for some seconds: a guard ends within one, a unit settles. */
async function unlessSoon(look: () => Promise<string[]>): Promise<string[]> {
  let last: string[] = []
  const isRight = async () => {
    last = await look()
    return last.length === 0
  }
  await waitUntil('it is right', isRight, 12).catch(() => {})
  return last
}

/** Waits for work, at most so many seconds; throws the sentence then. */
export async function inTime<T>(work: Promise<T>, seconds: number, sentence: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(sentence)), seconds * 1000)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
