import type { FileStep } from '@/lib/agent'
import type { ConfigFile, FailoverFacts } from './facts'
import { fileAt } from './facts'

export type FileState = FileStep['before']

/** What becomes of one file. `why` is a clause behind the file's name: "is a link". */
export type FileEdit =
  | { ok: true; path: string; before: FileState; after: FileState; makesFolder: boolean }
  | { ok: false; path: string; why: string }

/** A file as it stands, as a step needs it; or why it cannot be written. */
export function stateAt(
  facts: FailoverFacts,
  path: string,
): { ok: true; before: FileState } | { ok: false; why: string } {
  const found: ConfigFile = fileAt(facts, path)
  if (found.state === 'absent') return { ok: true, before: null }
  if (found.state === 'unread') return { ok: false, why: `could not be read: ${found.why}` }
  if (found.type === 'link') return { ok: false, why: 'is a link: replace it by a file' }
  if (found.type !== 'file') return { ok: false, why: 'is no file' }
  const { bytes, mode, owner, group } = found
  return { ok: true, before: { bytes, mode, owner, group } }
}

/** The edit of one file to these bytes; null bytes remove it. A new one gets `mode` and root. */
export function editTo(
  facts: FailoverFacts,
  path: string,
  bytes: string | null,
  { mode = '0644', makesFolder = false }: { mode?: string; makesFolder?: boolean } = {},
): FileEdit {
  const state = stateAt(facts, path)
  if (!state.ok) return { ...state, path }
  const { before } = state
  const after = bytes === null ? null : before ? { ...before, bytes } : { bytes, mode, owner: 'root', group: 'root' }
  return { ok: true, path, before, after, makesFolder: makesFolder && before === null }
}
