import { isGuestKind } from '@/e2e/lab/hosts'
import { freeDisk, labHosts, restoreLink } from '@/e2e/lab/lab'
import type { Step } from '@/lib/agent'
import { type Cell, type CellResult, leave, reset, runCell } from './cell'
import { Dashboard } from './controller'
import { faults, freeInodes } from './faults'
import type { KnownResults } from './known-results'
import { type Moment, momentsOf, planned } from './moments'
import type { Pick } from './short-form'
import { missingSubjects, type Subject, subjects } from './subjects'

/** Which cells are run. Nothing named: all of them. */
export interface Wanted {
  subject?: string
  fault?: string
  host?: string
  moment?: string
  /** These cells alone, on whichever of its hosts each would be struck. */
  picks?: readonly Pick[]
  /** After so many minutes no further cell is begun; which ones are then run is drawn evenly from all. */
  minutes?: number
  /** Once it fires no further cell is begun, and those that run come to their end: no host keeps its fault. */
  stop?: AbortSignal
  /** The uploaded undo does nothing: then the matrix must be red. */
  undoDisabled: boolean
  /** What earlier runs of the same code found: such cells are not run again. */
  known?: KnownResults
}

/** A cell that was not run, and why. */
export interface Skipped {
  cell: Cell
  why: string
}

export interface MatrixResult {
  results: CellResult[]
  skipped: Skipped[]
  /** Cells that were not begun because the time was over. */
  late: number
  /** Sentences on what could not even be tried. */
  problems: string[]
}

/** Hosts that one change is made on, and those of them that are struck. */
interface Lane {
  subject: Subject
  hosts: readonly string[]
  struck: readonly string[]
  /** Shared with the lanes of hosts that are alike. */
  share: Share
}

/** What lanes of hosts that are alike have to do, together. */
interface Share {
  /** Fault, moment and struck host of each cell that one of them has taken. */
  taken: Set<string>
  sets: readonly (readonly string[])[]
}

/** Runs the cells, as many changes at a time as hosts allow, and tells of each as it ends. */
export async function runMatrix(wanted: Wanted, say: (line: string) => void): Promise<MatrixResult> {
  const all: MatrixResult = { results: [], skipped: [], late: 0, problems: missingSubjects() }
  for (const problem of all.problems) say(problem)
  const running = new Set(labHosts().map((host) => host.name))
  const lanes = lanesOf(wanted, running)
  const waiting = lanes.filter(({ hosts }) => hosts.every((host) => running.has(host)))
  for (const { subject, hosts } of lanes.filter((lane) => !waiting.includes(lane)))
    all.problems.push(`${subject.id} on ${hosts.join(' and ')}: not every one of these hosts runs.`)
  // Every lane has its share of the time, however many of them one host has to bear.
  const shareMs = ((wanted.minutes ?? Number.POSITIVE_INFINITY) * 60_000) / mostLanesOfAHost(waiting)
  const busy = new Set<string>()
  const open = new Set<Promise<void>>()
  while (waiting.length > 0 || open.size > 0) {
    const at = waiting.findIndex(({ hosts }) => hosts.every((host) => !busy.has(host)))
    const lane = waiting[at]
    if (!lane) {
      await Promise.race(open)
      continue
    }
    waiting.splice(at, 1)
    for (const host of lane.hosts) busy.add(host)
    const run: Promise<void> = runLane(lane, wanted, performance.now() + shareMs, all, say).finally(() => {
      for (const host of lane.hosts) busy.delete(host)
      open.delete(run)
    })
    open.add(run)
  }
  return all
}

function mostLanesOfAHost(lanes: readonly Lane[]): number {
  const names = lanes.flatMap(({ hosts }) => hosts)
  return Math.max(1, ...names.map((name) => names.filter((each) => each === name).length))
}

function lanesOf(wanted: Wanted, running: ReadonlySet<string>): Lane[] {
  return subjects
    .filter((subject) => wanted.subject === undefined || subject.id === wanted.subject)
    .flatMap((subject) =>
      subject.hosts.flatMap((hosts, at) => {
        const sets = [hosts, ...(subject.alike?.[at] ?? []).filter((set) => set.every((name) => running.has(name)))]
        const share: Share = { taken: new Set(), sets }
        return sets.map((set) => {
          const one = set[at % set.length]
          return { subject, hosts: set, struck: subject.hosts.length > 1 && one !== undefined ? [one] : set, share }
        })
      }),
    )
    .filter(({ hosts }) => wanted.host === undefined || hosts.includes(wanted.host))
    .filter(
      ({ subject, struck }) =>
        wanted.picks?.some((pick) => pick.subject === subject.id && struck.includes(pick.host)) ?? true,
    )
}

async function runLane(
  lane: Lane,
  wanted: Wanted,
  end: number,
  all: MatrixResult,
  say: (line: string) => void,
): Promise<void> {
  const own = new Dashboard()
  const second = new Dashboard()
  const other = async () => {
    if (!second.isRunning) await second.start()
    return second
  }
  try {
    const cells = await cellsOf(lane, own, wanted)
    for (const cell of wanted.minutes === undefined ? cells : evenly(cells)) {
      if (isTaken(cell, lane.share)) continue
      const why = whyNot(cell)
      if (why !== null) {
        all.skipped.push({ cell, why })
        continue
      }
      const known = knownOf(cell, lane.share, wanted)
      if (known) {
        all.results.push(known)
        continue
      }
      if (wanted.stop?.aborted || performance.now() > end) {
        all.late += 1
        continue
      }
      const result = await runCell(cell, own, other, wanted.undoDisabled)
      all.results.push(result)
      wanted.known?.keep(result)
      say(lineOf(result))
    }
  } catch (error) {
    const sentence = `${lane.subject.id} on ${lane.hosts.join(' and ')}: ${error instanceof Error ? error.message : String(error)}`
    all.problems.push(sentence)
    say(sentence)
  } finally {
    await own.close()
    await second.close()
    for (const host of lane.hosts) await leave(host, lane.subject)
  }
}

/** Takes the cell for the lane that asks, unless another one of its share has it. */
function isTaken({ hosts, host, fault, moment }: Cell, { taken }: Share): boolean {
  const key = `${fault.id} ${moment.id} ${hosts.indexOf(host)}`
  if (taken.has(key)) return true
  taken.add(key)
  return false
}

/** What is known of the cell, on whichever of the hosts that are alike it was run. */
function knownOf(cell: Cell, { sets }: Share, { known }: Wanted): CellResult | undefined {
  const at = cell.hosts.indexOf(cell.host)
  for (const hosts of sets) {
    const found = known?.of({ ...cell, hosts, host: hosts[at] ?? cell.host })
    if (found) return found
  }
  return undefined
}

async function cellsOf({ subject, hosts, struck }: Lane, own: Dashboard, wanted: Wanted): Promise<Cell[]> {
  for (const host of hosts) {
    // A run that was ended in a cell's middle left it as it was then.
    await restoreLink(host)
    await freeDisk(host)
    await freeInodes(host)
    await reset(host, subject)
  }
  await own.start()
  const { plan, hostNames } = await own.plan(subject.id, hosts, false)
  return struck.flatMap((host) => {
    const hostId = Object.entries(hostNames).find(([, name]) => name === host)?.[0] ?? ''
    const moments: Moment[] = [planned, ...momentsOf(plan, hostId)]
    const writes = plan.phases.some((phase) =>
      phase.hosts.some((each) => each.hostId === hostId && each.steps.some(isFile)),
    )
    return moments.flatMap((moment, momentAt) =>
      faults
        .filter((fault) => fault.at(moment) && (writes || !fault.ofFile))
        .map((fault): Cell => ({ subject, hosts, host, fault, moment, momentAt }))
        .filter((cell) =>
          wanted.picks ? wanted.picks.some((pick) => isPicked(cell, pick)) : isDue(cell, struck, wanted),
        ),
    )
  })
}

const isFile = (step: Step) => step.kind === 'file'

/** Hosts of one change that may be struck share the cells in diagonals, so that each meets every fault and every moment. */
function isStruck({ host, fault, momentAt }: Cell, struck: readonly string[]): boolean {
  return struck[(faults.indexOf(fault) + momentAt) % struck.length] === host
}

/**
 * A guest is slow: it does what only a kernel of its own can have, and what no namespace host of the subject does. Of
 * that the guests share the cells like the squares of a board, in diagonals, so that each meets every fault and every
 * moment; a slow one has one square of three. Guests of one change share them already.
 */
function isDoneHere({ subject, host, fault, moment, momentAt }: Cell): boolean {
  if (moment.id === 'planned') return true
  const few = subject.fewMoments?.[host]
  if (few && !few.includes(moment.id)) return false
  if (!isGuest(host)) return true
  const guests = subject.hosts.flat().filter(isGuest)
  if (!fault.onlyGuests && guests.length < subject.hosts.length) return false
  if (few || subject.hosts.length === 1) return true
  const sharing = guests.filter((name) => !subject.fewMoments?.[name])
  const squares = sharing.flatMap((name) => (name === slowGuest ? [name] : [name, name]))
  return squares[(faults.indexOf(fault) + momentAt) % squares.length] === host
}

/** Its boot is a chain of shell scripts, of which a guest's kernel runs few in a second. */
const slowGuest = 'sienna'

const isGuest = (name: string) => labHosts().some((host) => host.name === name && isGuestKind(host.kind))

/**
 * The same cells in an order of which any beginning is spread over all faults: one of each in turn, from the middle of
 * its moments on, and first those that only this kind of host can have.
 */
function evenly(cells: readonly Cell[]): Cell[] {
  const rows = [...new Map(cells.map(({ fault }) => [fault.id, fault])).values()]
    .toSorted((a, b) => Number(b.onlyGuests) - Number(a.onlyGuests))
    .map(({ id }) => fromMiddle(cells.filter(({ fault }) => fault.id === id)))
  const longest = Math.max(0, ...rows.map((row) => row.length))
  return Array.from({ length: longest }, (_, at) => rows.flatMap((row) => row[at] ?? [])).flat()
}

function fromMiddle(cells: readonly Cell[]): Cell[] {
  const middle = Math.floor(cells.length / 2)
  return [...cells.slice(middle), ...cells.slice(0, middle)]
}

function isDue(cell: Cell, struck: readonly string[], { fault, host, moment }: Wanted): boolean {
  return (
    isStruck(cell, struck) &&
    isDoneHere(cell) &&
    (fault === undefined || cell.fault.id === fault) &&
    (host === undefined || cell.host === host) &&
    (moment === undefined || cell.moment.id === moment)
  )
}

function isPicked({ subject, host, fault, moment }: Cell, pick: Pick): boolean {
  return pick.subject === subject.id && pick.host === host && pick.fault === fault.id && pick.moment === moment.id
}

function whyNot({ fault, host }: Cell): string | null {
  const lab = labHosts().find((each) => each.name === host)
  if (fault.onlyGuests && !(lab && isGuestKind(lab.kind)))
    return `${fault.title}: a namespace host shares this machine's kernel; it is done on user-mode Linux guests`
  return null
}

function lineOf({ cell, end, wrong, seconds }: CellResult): string {
  const where = `${cell.subject.id} on ${cell.hosts.join('+')}${cell.hosts.length > 1 ? ` (${cell.host})` : ''}`
  const first = `${wrong.length === 0 ? 'ok ' : 'RED'} ${where}: ${cell.fault.title} @ ${cell.moment.title}: ${end} (${seconds.toFixed(1)} s)`
  return [first, ...wrong.map((line) => `    ${line}`)].join('\n')
}
