import type { FileStep } from '@/lib/agent'
import { type BootWay, rcIdentity } from './boot-way'
import type { HostChoices } from './choices'
import type { FoundDocument, SchedulerFacts } from './facts'
import { identityKey, udevMatch } from './identity'
import { type BlockEntry, knobLine } from './rc-block'
import { editRcLocal, hasCommands, rcLocalEntries } from './rc-local'
import { isEmptyOfRules, parseRules, printRules, removeRule, ruleText, setRule } from './udev-rules'

type FileState = FileStep['before']

/** What becomes of one file that Pollux writes for the boot. `why` is a clause for "FILE on HOST …". */
export type BootFile =
  | { ok: true; path: string; before: FileState; after: FileState; mayLeaveAt: readonly number[]; wasEdited: boolean }
  | { ok: false; path: string; why: string }

/** The rules file with the chosen disks in it, and those that are left taken out. */
export function rulesFileAfter(facts: SchedulerFacts, path: string, choices: HostChoices): BootFile {
  const found = fileState(facts.ruleFile)
  if (!found.ok) return { ...found, path }
  const { before } = found
  let document = parseRules(before?.bytes ?? '')
  for (const { identity } of choices.leave) document = removeRule(document, udevMatch(identity))
  for (const { device, scheduler } of choices.set) {
    document = setRule(document, udevMatch(device.identity), scheduler, device.name)
  }
  const bytes = printRules(document)
  if (bytes === before?.bytes) return { ok: true, path, before, after: before, mayLeaveAt: [], wasEdited: false }
  const after = isEmptyOfRules(document) ? null : withBytes(before, bytes, '0644')
  return { ok: true, path, before, after, mayLeaveAt: [], wasEdited: false }
}

/** The start script with the chosen disks in our block, and those that are left taken out. */
export function rcLocalAfter(path: string, found: FoundDocument, choices: HostChoices): BootFile {
  const state = fileState(found)
  if (!state.ok) return { ...state, path }
  const { before } = state
  const edit = editRcLocal(before?.bytes ?? null, entriesAfter(rcLocalEntries(before?.bytes ?? ''), choices))
  if (!edit.ok) return { ok: false, path, why: edit.why }
  const { mayLeaveAt, wasEdited } = edit
  if (edit.bytes === before?.bytes && choices.set.length === 0) {
    return { ok: true, path, before, after: before, mayLeaveAt, wasEdited }
  }
  const isRunnable = before === null || isExecutable(before.mode)
  if (!isRunnable && choices.set.length > 0 && hasCommands(before.bytes)) {
    return {
      ok: false,
      path,
      why: 'is not executable, so it does not run at boot, and making it run would start its other commands too: make it executable yourself (chmod 755) if they shall run',
    }
  }
  const after = edit.bytes === null ? null : withBytes(before, edit.bytes, '0755')
  const mayRun = after !== null && !isRunnable && choices.set.length > 0
  return {
    ok: true,
    path,
    before,
    after: mayRun ? { ...after, mode: executable(after.mode) } : after,
    mayLeaveAt,
    wasEdited,
  }
}

function entriesAfter(entries: readonly BlockEntry[], choices: HostChoices): BlockEntry[] {
  const gone = new Set(
    choices.leave.flatMap(({ identity, device }) => [
      identityKey(identity),
      ...(device ? [identityKey(rcIdentity(device))] : []),
    ]),
  )
  const wanted = new Map(
    choices.set.map(({ device, scheduler }) => {
      const identity = rcIdentity(device)
      return [identityKey(identity), { identity, scheduler }]
    }),
  )
  const kept = entries.flatMap((entry) => {
    const key = identityKey(entry.identity)
    const replaced = wanted.get(key)
    wanted.delete(key)
    return gone.has(key) ? [] : [replaced ?? entry]
  })
  return [...kept, ...wanted.values()]
}

function fileState(found: FoundDocument): { ok: true; before: FileState } | { ok: false; why: string } {
  if (found.state === 'absent') return { ok: true, before: null }
  if (found.state === 'unread') return { ok: false, why: `could not be read (${found.why})` }
  if (found.type === 'link')
    return { ok: false, why: `is a link to ${found.target ?? 'nowhere'}: replace it by a file` }
  if (found.type !== 'file') return { ok: false, why: 'is no file' }
  const { bytes, mode, owner, group } = found
  return { ok: true, before: { bytes, mode, owner, group } }
}

function withBytes(before: FileState, bytes: string, newMode: string): FileState {
  return before ? { ...before, bytes } : { bytes, mode: newMode, owner: 'root', group: 'root' }
}

/** Whether the owner, root, may run it; systemd and sysv look at no more. */
export function isExecutable(mode: string): boolean {
  return /[1357]/.test(mode.slice(-3))
}

/** The line of the file that sets the device at boot. */
export function bootLine(way: Exclude<BootWay, { way: 'none' }>, choice: HostChoices['set'][number]): string {
  const { device, scheduler } = choice
  if (way.way === 'udev') return ruleText(udevMatch(device.identity), scheduler)
  return knobLine({ identity: rcIdentity(device), scheduler })
}

/** Lets run who may read: 0644 becomes 0755, 0600 becomes 0700. */
function executable(mode: string): string {
  const digits = mode.slice(-3).replace(/[4-7]/g, (digit) => String(Number(digit) | 1))
  return `${mode.slice(0, -3)}${digits}`
}
