import type { useDraftForm } from './use-draft-form'

/** What a group of fields needs of the form it stands in. */
export type FormPart<Fields extends string> = Pick<ReturnType<typeof useDraftForm<Fields>>, 'values' | 'field'>

export interface HostChoice {
  id: string
  name: string
}

/** A list of hosts for a select, with what no choice means. */
export function hostOptions(hosts: readonly HostChoice[], none: string): { value: string; label: string }[] {
  return [{ value: '', label: none }, ...hosts.map((host) => ({ value: host.id, label: host.name }))]
}
