import type { Params } from '@/components/table/sort'

/** The short name of the mesh that is changed, as the address has it; null for a new one. */
export function meshIn(params: Params): string | null {
  const mesh = params['mesh']
  return typeof mesh === 'string' && mesh !== '' ? mesh : null
}

/** Whether hosts were chosen, even if none were. */
export function wasPicked(params: Params): boolean {
  return params['picked'] !== undefined
}

/** What of the form's address leads back to it: its hosts, and the mesh that is changed. */
export function queryOf(hostIds: readonly string[], mesh: string | null): string {
  const pairs = [...hostIds.map((id) => ['hosts', id]), ...(mesh === null ? [] : [['mesh', mesh]])]
  return new URLSearchParams(pairs).toString()
}

export function wizardAddress(hostIds: readonly string[], mesh: string | null): string {
  return `/wizards/ipsec?${queryOf(hostIds, mesh)}`
}

/** Where a mesh is taken away whole. */
export function removalAddress(mesh: string): string {
  return `/wizards/ipsec?${new URLSearchParams({ mesh, picked: '1' })}`
}
