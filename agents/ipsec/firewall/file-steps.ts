import type { FileStep } from '@/lib/agent'
import { managerOf, refuse } from '@/lib/agent'
import { type ConfigFiles, editTo, fileAt } from '@/lib/agent/config-file'
import { firewallPaths, type Tagged } from './names'
import type { StepIds } from './part'

const daemonReload = { run: ['systemctl', 'daemon-reload'], timeoutS: 30 } as const

/**
 * The steps that bring the firewall's files to these bytes (null: none), and take away those of the mesh's own that are not
 * named. Throws `invalid` where a file cannot be written.
 */
export function fileSteps(
  hostName: string,
  files: ConfigFiles,
  mesh: Tagged,
  wanted: Readonly<Record<string, string | null>>,
  id: StepIds,
): FileStep[] {
  const paths = firewallPaths(mesh)
  const own: readonly string[] = Object.values(paths)
  const all = [...new Set([...own, ...Object.keys(wanted)])]
  return all.flatMap((path, at): FileStep[] => {
    const bytes = wanted[path] ?? null
    if (bytes === null && fileAt(files, path).state === 'absent') return []
    const edit = editTo(files, path, bytes, { mode: modeOf(path, mesh) })
    if (!edit.ok) throw refuse(`${path} on ${hostName} ${edit.why}.`)
    const { before, after } = edit
    if (before?.bytes === after?.bytes) return []
    const managedBy = own.includes(path) ? null : managerOf(before?.bytes ?? '')
    const isUnit = [paths.unit, paths.dropIn].includes(path)
    return [
      {
        kind: 'file',
        id: id(`file-${at + 1}`),
        title: titleOf(path, own.includes(path), bytes),
        timeoutS: 20,
        path,
        before,
        after,
        ...(own.includes(path) ? { makesFolder: true as const } : {}),
        ...(isUnit ? { activate: daemonReload } : {}),
        ...(managedBy === null ? {} : { managedBy }),
        undo: { copy: true },
      },
    ]
  })
}

function modeOf(path: string, mesh: Tagged): string {
  const { loader, hook } = firewallPaths(mesh)
  return path === loader || path === hook ? '0755' : '0644'
}

function titleOf(path: string, isOwn: boolean, bytes: string | null): string {
  if (bytes === null) return `Remove ${path}`
  return isOwn ? `Keep the rules over a boot: ${path}` : `Keep the rules over a boot in ${path}`
}
