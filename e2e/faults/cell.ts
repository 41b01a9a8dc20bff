import { hostExec, LabError, waitUntil } from '@/e2e/lab/lab'
import { allowedEnds, type End } from './allowed'
import { lookAt, processesOfChanges, watchedOn } from './compare'
import type { Dashboard, PlannedChange, Screen } from './controller'
import type { Fault, Stricken } from './faults'
import type { Moment } from './moments'
import type { Subject } from './subjects'
import { aloneWrong, byHandWrong, fileLineOn, patienceS, screenWrong, type Watch } from './verdict'

/** One fault at one moment of one subject. */
export interface Cell {
  subject: Subject
  hosts: readonly string[]
  /** The host that is struck. */
  host: string
  fault: Fault
  moment: Moment
  /** The moment's place among those of the change. */
  momentAt: number
}

export interface CellResult {
  cell: Cell
  /** What the screen said in the end. */
  end: string
  /** Why the cell is red; empty when it is as it should be. */
  wrong: string[]
  seconds: number
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
  const begunChange: { id: number | null } = { id: null }
  try {
    const { end, wrong } = await strike(cell, own, other, undoDisabled, begunChange)
    return result(end, wrong)
  } catch (error) {
    const wrong = [error instanceof Error ? error.message : String(error)]
    if (begunChange.id !== null && own.isRunning) wrong.push(journalOf(await own.look(begunChange.id)))
    // Whatever it left open must not stand in the way of the next cell.
    await own.forget()
    return result('none', wrong)
  }
}

const journalOf = ({ journal }: Screen) => `journal:\n${journal.map((line) => `      ${line}`).join('\n')}`

async function strike(
  cell: Cell,
  own: Dashboard,
  other: () => Promise<Dashboard>,
  undoDisabled: boolean,
  begunChange: { id: number | null },
) {
  const { subject, hosts, host, fault, moment } = cell
  const fails = fault.fails || moment.fails
  for (const name of hosts) await reset(name, subject)
  // What was brought must outlast a power cut; from the upload on the change sees to that itself.
  if (fault.id === 'power-cut' && moment.stage === 'before') for (const name of hosts) await onHost(name, 'sync')
  if (!own.isRunning) await own.start()
  const change = await own.plan(subject.id, hosts, fails)
  begunChange.id = change.changeId
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
  if (wrong.length > 0) wrong.push(journalOf(screen))
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
  const input = `for p in $(${processesOfChanges}); do p=\${p#/proc/}; kill -s KILL "\${p%/cmdline}"; done
rm -rf /var/lib/pollux
rm -f /etc/systemd/system/pollux-boot.service /etc/systemd/system/*/pollux-boot.service /etc/init.d/pollux-boot /etc/rcS.d/S??pollux-boot
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
  const watched = watchedOn(change.plan, hostId, onHostNamed(name, subject))
  return { name, watched, before: await lookAt(name, watched) }
}

/** The subject with what its commands leave on this host. */
function onHostNamed(name: string, { tells, ...subject }: Subject) {
  if (!tells) return subject
  const applied = typeof tells.applied === 'function' ? tells.applied(name) : tells.applied
  return { ...subject, tells: { script: tells.script, applied } }
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
  const isStruck = ({ hostId }: { hostId: string }) => change.hostNames[hostId] === cell.host
  const steps = change.plan.phases.flatMap((phase) => phase.hosts.filter(isStruck).flatMap((each) => each.steps))
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
