import { z } from 'zod'
import { defineProbe, type Found, type RawReadings } from '@/lib/agent'
import { clip, found, linesOf, textOf, whyNot } from './found'
import { type Mount, parseMounts } from './mounts'

export const fileSystemSchema = z.object({
  mount: z.string(),
  source: z.string(),
  /** "ext4"; null when the host's list of mounts was not read. */
  type: z.string().nullable(),
  readOnly: z.boolean().nullable(),
  totalBytes: z.number(),
  usedBytes: z.number(),
  /** What others than root can still write. */
  availableBytes: z.number(),
  /** As `df` counts: used of used and available, rounded up. */
  usedPercent: z.number(),
  /** null where the file system has no fixed number of inodes, or the host does not tell. */
  inodes: z.object({ total: z.number(), used: z.number(), usedPercent: z.number() }).nullable(),
})
export const fileSystemsSchema = z.object({
  local: z.array(fileSystemSchema),
  /** Network file systems, not measured here: asking a server that is gone hangs. */
  network: z.array(z.object({ mount: z.string(), source: z.string(), type: z.string() })),
})
export type FileSystem = z.infer<typeof fileSystemSchema>
export type FileSystemsFacts = z.infer<typeof fileSystemsSchema>

export const fileSystemsProbe = defineProbe({
  id: 'fileSystems',
  timeoutS: 10,
  readings: {
    mounts: { kind: 'file', path: '/proc/mounts' },
    blocks: {
      kind: 'first-of',
      of: [
        { kind: 'command', argv: ['df', '-P', '-k', '-l'], timeoutS: 5 },
        { kind: 'command', argv: ['df', '-P', '-k'], timeoutS: 5 },
      ],
    },
    inodes: {
      kind: 'first-of',
      of: [
        { kind: 'command', argv: ['df', '-P', '-i', '-l'], timeoutS: 5 },
        { kind: 'command', argv: ['df', '-P', '-i'], timeoutS: 5 },
      ],
    },
  },
  parse: parseFileSystems,
})

export function parseFileSystems(raw: RawReadings<'mounts' | 'blocks' | 'inodes'>): Found<FileSystemsFacts> {
  const blocks = textOf(raw.blocks)
  if (!blocks) return whyNot(raw.blocks)
  const mounts = new Map(parseMounts(textOf(raw.mounts) ?? '').map((mount) => [asDfWrites(mount.mount), mount]))
  const inodes = new Map(parseDf(textOf(raw.inodes) ?? '').map((row) => [row.mount, row]))
  const seen = new Set<string>()
  const local = parseDf(blocks).flatMap((row) => {
    const mount = mounts.get(row.mount)
    // busybox's df lists a device again for every place where part of it is mounted.
    const again = row.source.startsWith('/') && seen.has(row.source)
    seen.add(row.source)
    if (again || row.total <= 0 || isPseudo(row, mount) || mount?.isNetwork) return []
    const inode = inodes.get(row.mount)
    return [
      {
        mount: clip(row.mount, 512),
        source: clip(row.source, 512),
        type: mount ? clip(mount.type, 64) : null,
        readOnly: mount ? mount.readOnly : null,
        totalBytes: row.total * 1024,
        usedBytes: row.used * 1024,
        availableBytes: row.available * 1024,
        usedPercent: percent(row.used, row.available),
        inodes:
          inode && inode.total > 0
            ? { total: inode.total, used: inode.used, usedPercent: percent(inode.used, inode.available) }
            : null,
      },
    ]
  })
  const network = [...mounts.values()]
    .filter((mount) => mount.isNetwork)
    .map(({ mount, source, type }) => ({ mount: clip(mount, 512), source: clip(source, 512), type: clip(type, 64) }))
  return found({ local, network })
}

export interface DfRow {
  source: string
  total: number
  used: number
  available: number
  mount: string
}

/** df writes a question mark for each control character in a name, so that its table stays one. */
function asDfWrites(name: string): string {
  return name.replace(/[\x00-\x1f\x7f]/g, '?')
}

/** `df -P` (POSIX): one line each; the source and the mount point may hold spaces, the five columns between cannot. */
export function parseDf(text: string): DfRow[] {
  return linesOf(text).flatMap((line) => {
    const match = /^(.*\S) +(\d+|-) +(\d+|-) +(-?\d+|-) +(?:\d+%|-) +(\/.*)$/.exec(line)
    if (!match) return []
    const count = (text: string | undefined) => (text === undefined || text === '-' ? 0 : Math.max(0, Number(text)))
    return [
      {
        source: match[1] ?? '',
        total: count(match[2]),
        used: count(match[3]),
        available: count(match[4]),
        mount: match[5] ?? '',
      },
    ]
  })
}

const pseudoTypes = new Set([
  'autofs',
  'devtmpfs',
  'efivarfs',
  'iso9660',
  'ramfs',
  'rootfs',
  'squashfs',
  'tmpfs',
  'udf',
])
const pseudoSources = new Set(['devtmpfs', 'none', 'rootfs', 'shm', 'tmpfs', 'udev'])

function isPseudo(row: DfRow, mount: Mount | undefined): boolean {
  // A container's layer is measured where it is the host's own root, and is a copy of the disk's figures elsewhere.
  if (mount?.type === 'overlay') return row.mount !== '/'
  return pseudoTypes.has(mount?.type ?? '') || (!mount && pseudoSources.has(row.source))
}

function percent(used: number, available: number): number {
  return used + available > 0 ? Math.ceil((used * 100) / (used + available)) : 0
}
