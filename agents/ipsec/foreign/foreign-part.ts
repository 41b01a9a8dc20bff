import {
  type BasisItem,
  type FileStep,
  type Finding,
  managerOf,
  type PlanHost,
  type RunStep,
  refuse,
  type Step,
} from '@/lib/agent'
import type { FileEdit } from '@/lib/agent/config-file'
import type { MeshWish } from '../desired'
import type { IpsecFacts } from '../facts/facts'
import { exchangeProgram } from '../ike/programs'
import { tunnelStep } from '../tunnel/live'
import { absentWords, tunnelsOf, wordsOf } from '../tunnel/tunnel'
import { clearedOf, editsWithout } from './cleared'
import type { Foreign } from './foreign'
import { goneFindings, keptFindings, unreadFindings } from './foreign-findings'
import { foreignOf } from './foreign-of'
import { type OwnEnds, reasonAgainst } from './in-the-way'
import { inWords, inWordsWithPlace } from './in-words'
import { SETKEY } from './programs'

/** What one host does about what others made on it. */
export interface ForeignPart {
  /** Takes what is replaced out of its files, of the daemon and of the kernel's policies. */
  steps: Step[]
  /** Takes its tunnels down: behind the firewall's drop, right before those of the mesh come up. */
  down: RunStep[]
  findings: Finding[]
  basis: BasisItem[]
}

type Host = PlanHost<IpsecFacts>

/** Of a host that leaves nothing is taken out; what strongSwan drops all the same is told. */
export function leavingForeign({ hostId, name, facts }: Host): ForeignPart {
  const lost = foreignOf(facts).filter((foreign) => foreign.kind === 'loaded' && foreign.takesTunnels)
  const findings = lost.map(
    (foreign): Finding => ({
      level: 'warn',
      hostId,
      title: `strongSwan on ${name} drops the connection ${foreign.name}`,
      detail: 'No file tells of it, and strongSwan reads its files anew when the mesh leaves them.',
    }),
  )
  return { steps: [], down: [], findings, basis: [] }
}

/** What of a host is replaced by a wish; a deed about what is not there any more is none. */
export function replacedOn({ hostId, facts }: Host, { foreign }: Pick<MeshWish, 'foreign'>): Foreign[] {
  const ids = new Set(foreign.filter((one) => one.hostId === hostId && one.deed === 'replace').map(({ id }) => id))
  return ids.size === 0 ? [] : foreignOf(facts).filter(({ id, fixed }) => ids.has(id) && fixed === null)
}

/** The host as it will read once that was taken out: what the rest of the mesh is planned on. */
export function clearedHost(host: Host, wish: Pick<MeshWish, 'foreign'>): Host {
  return { ...host, facts: clearedOf(host.facts, replacedOn(host, wish)) }
}

/**
 * What is to be done about what others made on a member. Throws `invalid`, at `foreign.HOST.ID`, where something is in the way
 * and nobody said that it is to go, or Pollux cannot take it out. `index` is the host's place in the plan, for the ids.
 */
export function foreignPart(host: Host, wish: Pick<MeshWish, 'foreign'>, ends: OwnEnds, index: number): ForeignPart {
  const deeds = new Map(wish.foreign.filter(({ hostId }) => hostId === host.hostId).map(({ id, deed }) => [id, deed]))
  const all = foreignOf(host.facts).map((foreign) => ({ foreign, against: reasonAgainst(foreign, ends) }))
  const gone: Foreign[] = []
  for (const { foreign, against } of all) {
    const deed = deeds.get(foreign.id)
    if (deed === 'replace') {
      if (foreign.fixed !== null) throw no(host, foreign, `${against ?? 'It is to be replaced.'} ${foreign.fixed}`)
      gone.push(foreign)
    } else if (against !== null) throw no(host, foreign, `${against} ${wayOut(foreign, deed)}`)
  }
  const kept = all.flatMap(({ foreign }) => (deeds.get(foreign.id) === 'replace' ? [] : [foreign]))
  return {
    ...stepsOf(host, gone, `h${index + 1}.foreign`),
    findings: [...gone.flatMap((one) => goneFindings(host, one)), ...keptFindings(host, kept), ...unreadFindings(host)],
    basis: gone.map(({ id, name, places }) => ({
      hostId: host.hostId,
      name: `made by others: ${id}`,
      value: [name, ...places].join(', '),
    })),
  }
}

function no({ hostId, name }: Host, foreign: Foreign, why: string) {
  return refuse(`${name} has ${inWordsWithPlace(foreign)}. ${why}`, `foreign.${hostId}.${foreign.id}`)
}

function wayOut({ fixed }: Foreign, deed: 'keep' | undefined): string {
  if (fixed !== null) return fixed
  return deed === 'keep'
    ? 'It cannot be kept beside this mesh.'
    : 'Have it replaced, or leave one of the two hosts out.'
}

function stepsOf(host: Host, gone: readonly Foreign[], front: string): Pick<ForeignPart, 'steps' | 'down'> {
  if (gone.length === 0) return { steps: [], down: [] }
  const files = editsWithout(host.facts.files, gone).map((edit, at) => fileStep(`${front}.file-${at + 1}`, host, edit))
  const isSwanctl = files.some(({ path }) => path.startsWith('/etc/swanctl/'))
  // It names what goes: the facts are foretold by it.
  const known: RunStep = {
    kind: 'run',
    id: `${front}.known`,
    title: `Have it come back when the change is taken back: ${gone.map(inWords).join(', ')}`,
    timeoutS: 10,
    run: ['true', ...gone.map(({ id }) => id)],
    ...(isSwanctl
      ? { undo: { run: exchangeProgram('swanctl', 'reload'), timeoutS: 60 }, notAtBoot: true }
      : { undo: { nothing: 'The files are put back.' } }),
  }
  return {
    steps: [known, ...files, ...(isSwanctl ? loadSteps(host, gone, front) : []), ...policySteps(gone, front)],
    down: tunnelSteps(host, gone, front),
  }
}

function fileStep(id: string, { name }: Host, edit: FileEdit): FileStep {
  if (!edit.ok) throw refuse(`${edit.path} on ${name} ${edit.why}.`)
  const { path, before, after } = edit
  const managedBy = managerOf(before?.bytes ?? '')
  const title = after === null ? `Remove ${path}` : `Take it out of ${path}`
  const manager = managedBy === null ? {} : { managedBy }
  return { kind: 'file', id, title, timeoutS: 20, path, before, after, ...manager, undo: { copy: true } }
}

function loadSteps({ facts }: Host, gone: readonly Foreign[], front: string): RunStep[] {
  const names = gone
    .flatMap(({ live }) => (live?.kind === 'connection' ? [live.name] : []))
    .filter((name) => facts.connections?.includes(name) ?? true)
  const load: RunStep = {
    kind: 'run',
    id: `${front}.load`,
    title: 'Have strongSwan read its files',
    timeoutS: 60,
    run: exchangeProgram('swanctl', 'load'),
    undo: { nothing: 'It reads them again once they are as they were.' },
  }
  if (names.length === 0) return [load]
  const end: RunStep = {
    kind: 'run',
    id: `${front}.end`,
    title: `End ${names.join(', ')}`,
    timeoutS: 20 + 6 * names.length,
    run: exchangeProgram('swanctl', 'terminate', ...names),
    undo: { nothing: 'It comes up as its file says, once that is read again.' },
  }
  return [load, end]
}

function policySteps(gone: readonly Foreign[], front: string): RunStep[] {
  const lines = gone.flatMap(({ live }) => (live?.kind === 'policies' ? [live] : []))
  if (lines.length === 0) return []
  const deletes = lines.flatMap((one) => one.deletes).join('\n')
  const adds = lines.flatMap((one) => one.adds).join('\n')
  return [
    {
      kind: 'run',
      id: `${front}.policies`,
      title: 'Take its policies out of the kernel',
      timeoutS: 30,
      run: ['sh', '-c', SETKEY, 'pollux', deletes, ''],
      undo: { run: ['sh', '-c', SETKEY, 'pollux', deletes, adds], timeoutS: 30 },
      // The kernel has none then, and the host's own start script sets those of the file that the undo has put back.
      notAtBoot: true,
    },
  ]
}

function tunnelSteps({ facts }: Host, gone: readonly Foreign[], front: string): RunStep[] {
  const standing = tunnelsOf(facts)
  const tunnels = gone.flatMap(({ live }) => (live?.kind === 'tunnel' ? (standing.get(live.name) ?? []) : []))
  if (tunnels.length === 0) return []
  const title = `Take down ${tunnels.map(({ name }) => name).join(', ')}`
  return [
    tunnelStep(
      front,
      title,
      tunnels.flatMap(wordsOf),
      tunnels.flatMap(({ name }) => absentWords(name)),
    ),
  ]
}
