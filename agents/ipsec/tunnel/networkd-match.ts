import type { ConfigFiles } from '@/lib/agent/config-file'

/** What a .network file takes by the device's name alone. */
interface ByName {
  path: string
  /** Without its folder: networkd goes by this order. */
  file: string
  names: readonly string[]
}

/** The .network files that go by names alone, in networkd's order, without Pollux's own (systemd.network(5)). */
export function filesByName(files: ConfigFiles): ByName[] {
  return Object.entries(files)
    .flatMap(([path, file]): ByName[] => {
      const name = path.slice(path.lastIndexOf('/') + 1)
      if (!path.includes('/systemd/network/') || !name.endsWith('.network') || name.startsWith('pollux-')) return []
      const pairs = file.state === 'there' ? matchSection(file.bytes) : []
      if (pairs.some(([key]) => key !== 'Name')) return []
      const names = pairs.flatMap(([, value]) => value.split(/\s+/).filter(Boolean))
      return names.length === 0 ? [] : [{ path, file: name, names }]
    })
    .toSorted((a, b) => (a.file < b.file ? -1 : 1))
}

/** The one of them that networkd would take for a device before ours; null where there is none. */
export function takenBefore(byName: readonly ByName[], device: string, ownFile: string): string | null {
  return byName.find(({ file, names }) => file < ownFile && matches(names, device))?.path ?? null
}

/** A sign "!" before any of the names turns all of them round. */
function matches(names: readonly string[], device: string): boolean {
  const isTurned = names.some((name) => name.startsWith('!'))
  return names.map((name) => name.replace(/^!/, '')).some(takes(device)) !== isTurned
}

function matchSection(bytes: string): (readonly [key: string, value: string])[] {
  let section = ''
  return bytes.split('\n').flatMap((line) => {
    const header = /^\s*\[([^\]]*)\]/.exec(line)
    if (header) section = header[1] ?? ''
    const pair = /^\s*([A-Za-z]+)\s*=\s*(.*?)\s*$/.exec(line)
    return pair && section === 'Match' ? [[pair[1] ?? '', pair[2] ?? ''] as const] : []
  })
}

/** A glob of fnmatch(3); what its brackets say is taken for a match of any one sign. */
function takes(device: string): (glob: string) => boolean {
  return (glob) => {
    const pattern = glob
      .replace(/\[[^\]]*\]/g, '?')
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')
    return new RegExp(`^${pattern}$`).test(device)
  }
}
