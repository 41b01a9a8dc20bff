import { type Drift, type FileStep, type Finding, managerOf, type PlanHost, refuse } from '@/lib/agent'
import { editTo, fileAt } from '@/lib/agent/config-file'
import type { IpsecFacts } from '../facts/facts'
import type { Mesh } from '../mesh/names'
import { HOSTS, type Named, namesIn, namesWanted, otherAddresses, withNames } from './inner-names'

/** What the inner names take on one host. */
export interface NamesPart {
  /** The one edit of /etc/hosts; none where it says what it shall. */
  steps: FileStep[]
  findings: Finding[]
}

/**
 * Brings the names of the mesh's members into /etc/hosts, or takes them out where the host is no member or none are wished.
 * `index` is the host's place in the plan, for the id. Pure; throws `invalid` where the file cannot be written.
 */
export function namesPart({ hostId, name, facts }: PlanHost<IpsecFacts>, mesh: Named, index: number): NamesPart {
  const wanted = namesWanted(mesh, hostId)
  const file = fileAt(facts.files, HOSTS)
  const seen = file.state === 'there' ? namesIn(file.bytes, mesh) : null
  if (seen === wanted) return { steps: [], findings: findingsOf({ hostId, name, facts }, mesh, wanted) }
  if (file.state === 'absent') throw refuse(`${name} has no ${HOSTS} to write the inner names into.`, 'innerNames')
  const edit = editTo(facts.files, HOSTS, file.state === 'there' ? withNames(file.bytes, mesh, wanted) : null)
  if (!edit.ok) throw refuse(`${HOSTS} on ${name} ${edit.why}, so that it gets no inner names.`, 'innerNames')
  const { path, before, after } = edit
  const managedBy = managerOf(before?.bytes ?? '')
  const step: FileStep = {
    kind: 'file',
    id: `h${index + 1}.names.file-1`,
    title: titleOf(mesh, seen, wanted),
    timeoutS: 20,
    path,
    before,
    after,
    ...(managedBy === null ? {} : { managedBy }),
    undo: { copy: true },
  }
  return { steps: [step], findings: findingsOf({ hostId, name, facts }, mesh, wanted) }
}

function titleOf({ tag }: Mesh, seen: string | null, wanted: string | null): string {
  if (wanted === null) return `Take the inner names of ${tag} out of ${HOSTS}`
  return seen === null ? `Write the inner names of ${tag} into ${HOSTS}` : `Bring the inner names of ${tag} up to date`
}

function findingsOf({ hostId, name, facts }: PlanHost<IpsecFacts>, mesh: Named, wanted: string | null): Finding[] {
  const file = fileAt(facts.files, HOSTS)
  if (wanted === null || file.state !== 'there') return []
  const twice = otherAddresses(file.bytes, mesh).map(
    (other): Finding => ({
      level: 'warn',
      hostId,
      title: `${name} gives ${other.name} another address`,
      detail: `Line ${other.line} of ${HOSTS} says ${other.address}, and a program may take that one. It stays as it is.`,
    }),
  )
  const manager = managerOf(file.bytes)
  if (manager === null) return twice
  return [
    ...twice,
    {
      level: 'warn',
      hostId,
      title: `${manager} writes ${HOSTS} on ${name} too`,
      detail: `The inner names are gone once it writes the file again, and the host's page shows that then. ${manager === 'cloud-init' ? 'Set manage_etc_hosts to false in /etc/cloud/cloud.cfg, or leave the names out.' : 'Put them there, or leave the names out.'}`,
    },
  ]
}

/** Where /etc/hosts no longer has the inner names as the mesh left them; what others write there is theirs. Pure. */
export function namesDrift({ hostId, facts }: PlanHost<IpsecFacts>, mesh: Named): Drift[] {
  const file = fileAt(facts.files, HOSTS)
  const wanted = namesWanted(mesh, hostId)
  if (file.state === 'unread') return []
  const seen = file.state === 'there' ? namesIn(file.bytes, mesh) : null
  if (seen === wanted) return []
  return [
    {
      what: `the inner names of ${mesh.tag} in ${HOSTS}`,
      expected: wanted === null ? 'none' : 'all of them',
      seen: seen === null ? 'none' : 'others',
    },
  ]
}
