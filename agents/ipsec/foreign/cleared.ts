import { type ConfigFile, editTo, type FileEdit, type FileState } from '@/lib/agent/config-file'
import type { IpsecFacts } from '../facts/facts'
import { without } from './cut'
import type { Foreign } from './foreign'
import { withPrefix } from './of-setkey'

/** The edits that take these things out of their files, one for each file. */
export function editsWithout(files: IpsecFacts['files'], gone: readonly Foreign[]): FileEdit[] {
  const cuts = gone.flatMap((one) => one.cuts)
  const paths = [...new Set(cuts.map(({ path }) => path))]
  return paths.map((path) => {
    const spans = cuts.filter((cut) => cut.path === path).map((cut) => cut.spans)
    const file = files[path]
    const bytes = file?.state === 'there' ? file.bytes : ''
    const parts = spans.flatMap((one) => (one === 'all' ? [] : one))
    return editTo(files, path, spans.includes('all') ? null : without(bytes, parts))
  })
}

/** The facts of a host as they will read once these things were taken out of its files, of the daemon and of the kernel. */
export function clearedOf(facts: IpsecFacts, gone: readonly Foreign[]): IpsecFacts {
  if (gone.length === 0) return facts
  const tunnels = new Set(gone.flatMap(({ live }) => (live?.kind === 'tunnel' ? [live.name] : [])))
  const connections = new Set(gone.flatMap(({ live }) => (live?.kind === 'connection' ? [live.name] : [])))
  const between = new Set(
    gone.flatMap((one) => one.between).flatMap(({ src, dst }) => [keyOf(src, dst), keyOf(dst, src)]),
  )
  const edits = editsWithout(facts.files, gone).flatMap((edit) => (edit.ok ? [edit] : []))
  return {
    ...facts,
    files: edits.reduce(filesWith, facts.files),
    tunnels: facts.tunnels.filter(({ name }) => !tunnels.has(name)),
    devices: facts.devices.filter(({ name }) => !tunnels.has(name)),
    routes: facts.routes.filter(({ device }) => device === null || !tunnels.has(device)),
    connections: facts.connections?.filter((name) => !connections.has(name)) ?? null,
    policies: facts.policies?.filter(({ src, dst }) => !between.has(keyOf(src, dst))) ?? null,
  }
}

function keyOf(src: string, dst: string): string {
  return `${withPrefix(src)} ${withPrefix(dst)}`
}

function filesWith(
  files: IpsecFacts['files'],
  { path, after }: { path: string; after: FileState },
): IpsecFacts['files'] {
  const { [path]: _, ...others } = files
  const file: ConfigFile | null = after && { state: 'there', type: 'file', ...after }
  return file === null ? others : { ...files, [path]: file }
}
