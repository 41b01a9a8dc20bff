import type { RunStep } from '@/lib/agent'
import {
  type BasisItem,
  type FileStep,
  type Finding,
  type HostCheck,
  managerOf,
  type PlanHost,
  refuse,
} from '@/lib/agent'
import type { FileEdit } from '@/lib/agent/config-file'
import { INTERFACES, sourcedPath } from '@/lib/agent/sourced-interfaces'
import type { IpsecFacts } from '../facts/facts'
import type { Mesh } from '../mesh/names'
import type { Side } from '../mesh/pair'
import { bootEdits, bootWay, ownTunnels } from './boot-files'
import { liveSteps } from './live'
import { refuseObstacles } from './obstacles'
import { type Tunnel, tunnelsInWords, tunnelsOf, wordsOf } from './tunnel'

/** What one host does for its tunnels. */
export interface TunnelPart {
  /** What brings them back at boot, or does so no more. Nothing of it acts before that. */
  files: FileStep[]
  /** Takes away the tunnels that are not wanted any more; before anything that protects them goes. */
  down: RunStep[]
  /** Empty, or the one step for all wanted tunnels and the one that sees them. Not before the firewall's drop stands. */
  up: RunStep[]
  /** Tunnels that `up` makes or puts right. */
  changed: string[]
  checks: HostCheck[]
  findings: Finding[]
  basis: BasisItem[]
}

/**
 * Everything that leaves exactly the tunnels of `sides` on the host, live and over a boot; nothing where they stand. With no
 * sides nothing of the mesh's tunnels stays. `index` is the host's place in the plan, for the ids. Pure and linear in the
 * sides; throws `invalid` with the reason where the host has something in the way.
 */
export function tunnelPart(host: PlanHost<IpsecFacts>, mesh: Mesh, sides: readonly Side[], index: number): TunnelPart {
  const { facts } = host
  const front = `h${index + 1}.tunnel`
  const standing = tunnelsOf(facts)
  const own = ownTunnels(facts, mesh)
  refuseObstacles(host, mesh, sides, standing, own)
  const wanted = new Set(sides.map(({ name }) => name))
  const leaving = [...standing.keys()].filter((name) => own.has(name) && !wanted.has(name))
  const files = bootEdits(facts, mesh, sides).map((edit, at) => fileStep(`${front}.file-${at + 1}`, host, mesh, edit))
  const down = liveSteps(`${front}.down`, [], leaving, standing)
  const up = liveSteps(`${front}.up`, sides, [], standing)
  const isAtWork = files.length + down.length + up.length > 0
  return {
    files,
    down,
    up,
    changed: up.slice(0, 1).flatMap((step) => tunnelsInWords(step.run.slice(4)).map(({ name: tunnel }) => tunnel)),
    checks: isAtWork ? checksOf(front, host, mesh, sides, leaving, standing) : [],
    findings: findingsOf(host, sides, standing),
    basis: basisOf(host, mesh, standing),
  }
}

function fileStep(id: string, host: PlanHost<IpsecFacts>, { tag }: Mesh, edit: FileEdit): FileStep {
  if (!edit.ok) throw refuse(`${edit.path} on ${host.name} ${edit.why}.`)
  const { path, before, after, makesFolder } = edit
  const managedBy = managerOf(before?.bytes ?? '')
  const title =
    path === INTERFACES
      ? `Bring the blocks of the mesh's tunnels in ${path} up to date`
      : after === null
        ? `Remove ${path}, which keeps a tunnel of ${tag}`
        : `Keep a tunnel over a boot in ${path}`
  return {
    kind: 'file',
    id,
    title,
    timeoutS: 20,
    path,
    before,
    after,
    ...(makesFolder ? { makesFolder: true } : {}),
    ...(managedBy === null ? {} : { managedBy }),
    undo: { copy: true },
  }
}

/** One look at all tunnels, which the dashboard can repeat; the proving step before it tells them one by one. */
function checksOf(
  front: string,
  { hostId }: PlanHost<IpsecFacts>,
  { tag }: Mesh,
  sides: readonly Side[],
  leaving: readonly string[],
  standing: ReadonlyMap<string, Tunnel>,
): HostCheck[] {
  const wanted = new Set([...sides.map(({ name }) => name), ...leaving])
  // A device of somebody else's with such a name has other addresses.
  if ([...standing.keys()].some((name) => name.startsWith(`${tag}-`) && !wanted.has(name))) return []
  const inner = sides[0]?.own.inner
  return [
    {
      id: `${front}.addresses`,
      hostId,
      title: inner ? `Every tunnel of ${tag} has ${inner}` : `No tunnel of ${tag} has an address`,
      weight: 'must',
      timeoutS: 10,
      read: { command: ['ip', '-o', '-4', 'addr', 'show'] },
      expect: inner ? { lines: `: ${tag}-`, include: ` ${inner} peer ` } : { excludes: `: ${tag}-` },
    },
  ]
}

function findingsOf(
  host: PlanHost<IpsecFacts>,
  sides: readonly Side[],
  standing: ReadonlyMap<string, Tunnel>,
): Finding[] {
  const [side] = sides
  if (!side) return []
  const { hostId, name, facts } = host
  const say = (level: Finding['level'], title: string, detail: string): Finding => ({ level, hostId, title, detail })
  const { device } = side.own
  const way = bootWay(facts, device)
  const findings: Finding[] = []
  if (way === 'none')
    findings.push(
      say(
        'warn',
        `The tunnels of ${name} do not come back after a boot`,
        `Nothing that Pollux knows sets up ${device.name} at boot, and there is no systemd. Apply the mesh again after a boot, or make the tunnels in a start script of your own.`,
      ),
    )
  if (way === 'unit')
    findings.push(
      say(
        'info',
        `Units of systemd make the tunnels of ${name} at boot`,
        `${device.name} is ${device.stack === 'networkmanager' ? 'NetworkManager’s' : 'set up by nothing whose files Pollux writes'}: each tunnel gets a unit of its own, and the network's files stay as they are.`,
      ),
    )
  if (device.stack === 'netplan')
    findings.push(
      say(
        'info',
        `networkd's own files keep the tunnels of ${name}`,
        "netplan has no word for the other end of an address, and before 0.103 refuses its whole configuration for a tunnel's ttl. networkd reads these files beside netplan's, which stay as they are.",
      ),
    )
  if (!standing.has('tunl0'))
    findings.push(
      say(
        'info',
        'A device tunl0 appears',
        'The kernel makes it as soon as its module ipip is loaded. It stays down and without an address, also when the mesh is taken away, until the next boot.',
      ),
    )
  return findings
}

/** The tunnels that the plan rests on: the mesh's own and what else has its names. */
function basisOf(
  { hostId, facts }: PlanHost<IpsecFacts>,
  { tag }: Mesh,
  standing: ReadonlyMap<string, Tunnel>,
): BasisItem[] {
  const tunnels = [...standing.values()].filter(({ name }) => name.startsWith(`${tag}-`))
  const text = tunnels
    .map((tunnel) => wordsOf(tunnel).join(' '))
    .toSorted()
    .join('; ')
  const way = sourcedPath(facts, 'pollux')?.path ?? 'not sourced'
  return [
    { hostId, name: `tunnels of ${tag}`, value: text === '' ? 'none' : text },
    { hostId, name: 'folder of interfaces', value: way },
  ]
}
