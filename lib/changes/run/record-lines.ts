import { type Tx, work } from '@/lib/db'
import { changeGrew } from '../bus'
import { type HostLine, parseBegin, parseJournal } from '../journal-lines'
import { maskText } from '../mask'
import type { HostRun } from './host-run'

/** Takes a host's journal as it arrives and keeps each whole line once, with the byte it ended at. */
export interface LineRecorder {
  feed(chunk: Buffer): void
  /** Waits until all that was fed is kept. */
  settled(): Promise<void>
}

/** Starts to record at the byte that the store has. A new connection starts a new recorder. */
export function recordLines(
  run: HostRun,
  from: { offset: number; uptimeZero: Date | null; bootId: string | null },
): LineRecorder {
  let pending: Buffer = Buffer.alloc(0)
  let offset = from.offset
  let clock = { uptimeZero: from.uptimeZero, bootId: from.bootId }
  let queue = Promise.resolve()

  const keep = async () => {
    const { lines: said, taken } = parseJournal(pending)
    if (taken === 0) return
    pending = pending.subarray(taken)
    offset += taken
    const lines = said.map((line) => ({ ...line, text: maskText(line.text, run.secrets) }))
    for (const line of lines) clock = clockAfter(clock, line)
    const kept = { ...clock }
    await work((tx) => keepLines(tx, run, lines, { offset, ...kept }))
    changeGrew(run.changeId)
  }

  return {
    feed(chunk) {
      pending = Buffer.concat([pending, chunk])
      queue = queue.then(keep)
    },
    settled: () => queue,
  }
}

interface Clock {
  uptimeZero: Date | null
  bootId: string | null
}

// The dashboard's clock at the first line of a boot dates all lines of that boot, whatever the host's clock says.
function clockAfter(clock: Clock, line: HostLine): Clock {
  const begin = parseBegin(line)
  if (!begin || (begin.bootId === clock.bootId && clock.uptimeZero)) return clock
  const now = Date.now()
  const said = begin.epoch * 1000
  // Read late (after a cut), the host's own clock is nearer the truth than the moment of reading.
  const at = Math.abs(now - said) < 5_000 || said > now ? now : said
  return { uptimeZero: new Date(at - line.uptime * 1000), bootId: begin.bootId }
}

async function keepLines(tx: Tx, run: HostRun, lines: readonly HostLine[], kept: Clock & { offset: number }) {
  const zero = kept.uptimeZero?.getTime() ?? Date.now()
  await tx.journalLine.createMany({
    data: lines.map((line) => ({
      changeId: run.changeId,
      hostId: run.hostId,
      hostName: run.hostName,
      at: kept.uptimeZero ? new Date(zero + line.uptime * 1000) : new Date(),
      kind: line.kind,
      stepId: line.subject,
      text: line.text,
    })),
  })
  for (const line of lines) if (line.kind === 'check') await keepCheck(tx, run, line)
  const armed = lines.findLast((line) => line.kind === 'armed')
  const undoing = lines.findLast((line) => ['undo', 'waits', 'undone'].includes(line.kind))
  await tx.changeHost.update({
    where: { id: run.rowId },
    data: {
      journalOffset: kept.offset,
      uptimeZero: kept.uptimeZero,
      bootId: kept.bootId,
      ...(armed ? deadlineOf(armed, zero) : {}),
      ...(undoing ? { state: undoing.kind === 'waits' ? 'held' : 'undoing' } : {}),
    },
  })
}

function deadlineOf(line: HostLine, zero: number) {
  const seconds = Number(line.text)
  return { deadlineAt: new Date(zero + (line.uptime + seconds) * 1000), deadlineS: seconds }
}

/** Characters of what a check saw that are kept. */
const longestSeen = 400

async function keepCheck(tx: Tx, run: HostRun, line: HostLine): Promise<void> {
  const [verdict = 'unknown', ...seen] = line.text.split(' ')
  await tx.proofRow.updateMany({
    where: { changeId: run.changeId, hostId: run.hostId, checkId: line.subject ?? '' },
    data: { verdict, seen: seen.join(' ').slice(0, longestSeen), at: new Date() },
  })
}
