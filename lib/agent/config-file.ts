import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Found, HostDocument, RawReading } from './reading'
import type { FileStep } from './step'

/** A file as a step may rewrite it, as plain JSON. */
export const configFile = z.discriminatedUnion('state', [
  z.object({ state: z.literal('absent') }),
  z.object({ state: z.literal('unread'), why: z.string() }),
  z.object({
    state: z.literal('there'),
    type: z.enum(['file', 'link', 'directory', 'other']),
    mode: z.string(),
    owner: z.string(),
    group: z.string(),
    /** latin1, one char a byte. */
    bytes: z.string(),
  }),
])

export type ConfigFile = z.infer<typeof configFile>

/** Files by their paths; what is not there is not named. */
export type ConfigFiles = Readonly<Record<string, ConfigFile>>

/** The file at a path; absent when it is not named. */
export function fileAt(files: ConfigFiles, path: string): ConfigFile {
  return files[path] ?? { state: 'absent' }
}

/** A `document` reading. Only a file that is certainly not there counts as absent. */
export function documentOf(reading: RawReading): ConfigFile {
  if (reading.state === 'not-read')
    return reading.why === 'absent' ? { state: 'absent' } : { state: 'unread', why: reading.why }
  return reading.kind === 'document' ? there(reading.document) : { state: 'unread', why: 'failed' }
}

/** A `documents` reading: every file that is there, in the order of their paths. */
export function documentsOf(reading: RawReading): Record<string, ConfigFile> {
  const found = reading.state === 'read' && reading.kind === 'documents' ? [...reading.byPath] : []
  const file = (one: Found<HostDocument>): ConfigFile =>
    one.state === 'read' ? there(one.value) : { state: 'unread', why: one.why }
  return Object.fromEntries(
    found.map(([path, one]) => [path, file(one)] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}

function there({ type, mode, owner, group, bytes }: HostDocument): ConfigFile {
  return { state: 'there', type, mode, owner, group, bytes }
}

/** A file's tag for the basis: what it holds and who may do what, in one line. Never its times. */
export function tagOf(file: ConfigFile): string {
  if (file.state === 'absent') return 'absent'
  if (file.state === 'unread') return `not read: ${file.why}`
  const { type, mode, owner, group, bytes } = file
  const hash = createHash('sha256').update(Buffer.from(bytes, 'latin1')).digest('hex')
  return `${type} ${mode} ${owner}:${group} sha256:${hash}`
}

export type FileState = FileStep['before']

/** What becomes of one file. `why` is a clause behind the file's name: "is a link". */
export type FileEdit =
  | { ok: true; path: string; before: FileState; after: FileState; makesFolder: boolean }
  | { ok: false; path: string; why: string }

/** A file as it stands, as a step needs it; or why it cannot be written. */
export function stateAt(
  files: ConfigFiles,
  path: string,
): { ok: true; before: FileState } | { ok: false; why: string } {
  const found = fileAt(files, path)
  if (found.state === 'absent') return { ok: true, before: null }
  if (found.state === 'unread') return { ok: false, why: `could not be read: ${found.why}` }
  if (found.type === 'link') return { ok: false, why: 'is a link: replace it by a file' }
  if (found.type !== 'file') return { ok: false, why: 'is no file' }
  const { bytes, mode, owner, group } = found
  return { ok: true, before: { bytes, mode, owner, group } }
}

/** The edit of one file to these bytes; null bytes remove it. A new one gets `mode` and root. */
export function editTo(
  files: ConfigFiles,
  path: string,
  bytes: string | null,
  { mode = '0644', makesFolder = false }: { mode?: string; makesFolder?: boolean } = {},
): FileEdit {
  const state = stateAt(files, path)
  if (!state.ok) return { ...state, path }
  const { before } = state
  const after = bytes === null ? null : before ? { ...before, bytes } : { bytes, mode, owner: 'root', group: 'root' }
  return { ok: true, path, before, after, makesFolder: makesFolder && before === null }
}

/** Files as they stand once these steps were done. */
export function filesAfter(files: ConfigFiles, steps: readonly FileStep[]): Record<string, ConfigFile> {
  const after = new Map<string, ConfigFile>(Object.entries(files))
  for (const step of steps) {
    if (step.after === null) after.delete(step.path)
    else after.set(step.path, { state: 'there', type: 'file', ...step.after })
  }
  return Object.fromEntries([...after].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
