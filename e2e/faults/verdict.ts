import { hostExec, waitUntil } from '@/e2e/lab/lab'
import { isNew, parseHostOutcome } from '@/lib/changes/outcome'
import type { Cell } from './cell'
import { differences, lookAt, type Snapshot, type Watched, withChange, withoutChange } from './compare'
import type { PlannedChange, Screen } from './controller'

/** Seconds that a change may take to its end: its deadline, and what a guest needs to boot. */
export const patienceS = 480

/** A host of a change, and what it looked like before it. */
export interface Watch {
  name: string
  watched: Watched
  before: Snapshot
}

/** Waits for the host's own end, with nobody's help, and says in what it is neither old nor new then. */
export async function aloneWrong(
  { host, moment, fault }: Pick<Cell, 'host' | 'moment' | 'fault'>,
  watches: readonly Watch[],
  { directory }: PlannedChange,
): Promise<string[]> {
  const isBefore = moment.stage === 'before'
  // Nothing was started there: there is nothing that the host should end.
  if (isBefore && fault.id !== 'dashboard-gone') return []
  const found = await Promise.all(
    watches.map(async (each) => {
      if (isBefore && each.name === host) return untouched(each)
      let waits = false
      const isAtRest = async () => {
        waits = await waitsForAnother(each.name, directory)
        return waits || hasEnded(each.name, directory)
      }
      await waitUntil(`${each.name} ended it alone`, isAtRest, patienceS)
      return eitherWrong(each, isBefore || waits ? leftBehind : fault.hides)
    }),
  )
  // Where the undo was broken too, the host has nothing better to show.
  return fault.id === 'undo-fails' ? [] : found.flat()
}

// What an upload left stays until somebody comes back for it; nothing that is managed was touched.
const leftBehind = /^left /

/** In what a host is neither as before nor as the change wanted it, beside what a fault itself took away. */
export function eitherWrong({ name, watched, before }: Watch, hides: RegExp | null = null): Promise<string[]> {
  const others = (lines: string[]) => lines.filter((line) => !hides?.test(line))
  return unlessSoon(async () => {
    const now = await lookAt(name, watched)
    const old = others(differences(withoutChange(before, watched), now))
    const fresh = others(differences(withChange(before, watched), now))
    if (old.length === 0 || fresh.length === 0) return []
    return [`${name}, alone, is neither old nor new`, ...(old.length <= fresh.length ? old : fresh)]
  })
}

async function untouched({ name, watched, before }: Watch): Promise<string[]> {
  const wrong = differences(before, await lookAt(name, watched))
  return wrong.filter((line) => !leftBehind.test(line)).map((line) => `${name}: ${line}`)
}

/** Whether the host takes back what it gives only when another one no longer has it, and waits for that (rule 6). */
async function waitsForAnother(name: string, directory: string): Promise<boolean> {
  const script = `[ -e ${directory}/state/reverting ] && [ "$(tail -n 1 ${directory}/journal | cut -f 2)" = waits ]`
  return (await hostExec(name, ['sh', '-c', script], { seconds: 20 })).code === 0
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
  const expected = new Map(isNew(outcome) ? withChange(before, watched) : withoutChange(before, watched))
  if (edited && edited.kept !== null) expected.set(`file ${edited.file}`, edited.kept)
  const wrong = await unlessSoon(async () => differences(expected, await lookAt(name, watched)))
  return wrong.length === 0 ? [] : [`the screen says ${outcome} of ${name}, and the host differs`, ...wrong]
}

/** The undo by hand, as the page shows it, once what broke it is mended. */
export async function byHandWrong({ name, watched, before }: Watch, directory: string): Promise<string[]> {
  await hostExec(name, ['sh', '-c', `sh ${directory}/undo`], { seconds: 60 })
  const wrong = await unlessSoon(async () => differences(withoutChange(before, watched), await lookAt(name, watched)))
  return wrong.length === 0 ? [] : [`the undo by hand did not bring ${name} back`, ...wrong]
}

/** A file of a host as the comparison names it; null where the host is not among the watched. */
export async function fileLineOn(watches: readonly Watch[], host: string, file: string): Promise<string | null> {
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
