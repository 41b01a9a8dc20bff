import {
  type BasisItem,
  type FileStep,
  type Finding,
  type HostCheck,
  type PlanHost,
  refuse,
  type Step,
} from '@/lib/agent'
import { fileAt } from '@/lib/agent/config-file'
import type { IpsecFacts } from '../facts/facts'
import type { Side } from '../mesh/pair'
import { type BootPart, bootPart, unitChecks, unitSteps } from './boot'
import { fileSteps } from './file-steps'
import { aroundFiles, keptStep } from './firewalld/steps'
import { firewalldFiles } from './firewalld/xml'
import { type Guarded, guardedOf } from './guarded'
import { liveSteps as iptablesSteps, jumpWords, wholeRules as wholeIptables } from './iptables/live'
import { setRules as setIptables } from './iptables/program'
import { plainHooks, ufwHooks } from './iptables/read'
import { savedWith } from './iptables/saved'
import { type Mechanism, mechanismOf } from './mechanism'
import { firewallPaths, SAVED_RULES, type Tagged, UFW_RULES } from './names'
import { liveSteps as nftSteps, placesOf, putWords, trial, wholeRules as wholeNft } from './nft/live'
import { setRules as setNft } from './nft/program'
import type { StepIds } from './part'

/** What must change on one host so that the firewall lets the mesh in, and nothing of it out unprotected. */
export interface FirewallPart {
  steps: Step[]
  checks: HostCheck[]
  findings: Finding[]
  basis: BasisItem[]
}

/**
 * The firewall's part of a mesh on one host, live and over a boot; no steps where all stands. Without sides nothing of the
 * mesh stays, in whatever it was set. `id` makes the ids of its steps unique in the plan. Pure.
 * Throws `invalid` where Pollux cannot tell how to set the rules, with what an admin has to open.
 */
export function firewallPart(
  host: PlanHost<IpsecFacts>,
  mesh: Tagged,
  sides: readonly Side[],
  id: StepIds,
): FirewallPart {
  const { hostId, name, facts } = host
  const guarded = guardedOf(mesh.tag, sides)
  const mechanism: Mechanism = guarded.own === null ? { kind: 'none' } : mechanismOf(name, facts)
  const boot = bootOf(host, guarded, mechanism)
  const files = { ...savedFiles(host, guarded, mechanism), ...firewalldOf(guarded, mechanism), ...boot?.files }
  const written = fileSteps(name, facts.files, mesh, files, id)
  const { zone, policy } = firewallPaths(mesh)
  const isFirewalld = ({ path }: FileStep) => path === zone || path === policy
  const unit = unitSteps(facts, mesh, boot?.isUnit ?? false, id)
  const [ofFirewalld, others] = [written.filter(isFirewalld), written.filter((step) => !isFirewalld(step))]
  const steps: Step[] = [
    ...(boot?.isUnit ? [] : unit),
    ...others,
    ...(boot?.isUnit ? unit : []),
    ...liveSteps(facts, guarded, mechanism, id),
    ...aroundFiles(ofFirewalld, id),
  ]
  const looks = [
    ...(steps.length > 0 && usesNft(mechanism) ? [trial(guarded, id)] : []),
    ...(ofFirewalld.length > 0 ? [keptStep(id)] : []),
  ]
  return {
    steps: [...looks, ...steps],
    checks: unitChecks(hostId, mesh, steps, id),
    findings: [...(boot?.findings ?? []), ...findingsOf(host, guarded, mechanism, boot)],
    basis: [
      { hostId, name: 'firewall', value: `${facts.firewall.tool} ${facts.firewall.iptablesBackend ?? ''}`.trim() },
    ],
  }
}

function usesNft({ kind }: Mechanism): boolean {
  return kind === 'nft' || kind === 'firewalld'
}

/** The rules in each of the two, one of which is the wanted: what was left in the other goes. */
function liveSteps({ firewall }: IpsecFacts, guarded: Guarded, mechanism: Mechanism, id: StepIds): Step[] {
  const none: Guarded = { tag: guarded.tag, own: null, peers: [] }
  const isIptables = mechanism.kind === 'iptables'
  const hooks = isIptables ? mechanism.hooks : firewall.tool === 'ufw' ? ufwHooks : plainHooks
  const { iptables, nft } = firewall
  return [
    ...(iptables === null
      ? []
      : iptablesSteps(iptables, isIptables ? guarded : none, hooks, (word) => id(`iptables-${word}`))),
    ...(nft === null ? [] : nftSteps(nft, usesNft(mechanism) ? guarded : none, (word) => id(`nft-${word}`))),
  ]
}

function bootOf(
  { hostId, name, facts }: PlanHost<IpsecFacts>,
  guarded: Guarded,
  mechanism: Mechanism,
): BootPart | null {
  if (mechanism.kind === 'iptables') {
    if (mechanism.file !== null && isPlaced(facts, guarded, mechanism)) return null
    const words = jumpWords(guarded, mechanism.hooks)
    const loader = { program: setIptables, words, rules: wholeIptables(guarded) }
    return bootPart(hostId, facts, guarded, loader, false)
  }
  if (!usesNft(mechanism)) return null
  const text = facts.firewall.nft ?? ''
  const places = placesOf(text, guarded)
  const odd = places.find((place) =>
    [place.family, place.table, place.chain].some((word) => !/^[A-Za-z0-9_./-]+$/.test(word)),
  )
  if (odd)
    throw refuse(`A chain of nftables on ${name} has a name that Pollux does not read: ${odd.table} ${odd.chain}.`)
  const kept = places.find(({ isIptables }) => isIptables)
  if (kept)
    throw refuse(
      `On ${name} rules of nftables and of iptables both end packets (${kept.table} ${kept.chain}). Keep them in one of the two.`,
    )
  const words = putWords(text, guarded)
  return bootPart(hostId, facts, guarded, { program: setNft, words, rules: wholeNft(text, guarded) }, true)
}

function isPlaced({ files }: IpsecFacts, guarded: Guarded, { hooks, file }: Extract<Mechanism, { kind: 'iptables' }>) {
  const found = fileAt(files, file ?? '')
  return found.state === 'there' && savedWith(found.bytes, guarded, hooks) !== null
}

/** The admin's files that rules are loaded from, with the mesh's as they are to stand in each. */
function savedFiles(
  { name, facts }: PlanHost<IpsecFacts>,
  guarded: Guarded,
  mechanism: Mechanism,
): Record<string, string> {
  const none: Guarded = { tag: guarded.tag, own: null, peers: [] }
  const found = [
    { path: SAVED_RULES, hooks: plainHooks },
    { path: UFW_RULES, hooks: ufwHooks },
  ].flatMap(({ path, hooks }): [string, string][] => {
    const file = fileAt(facts.files, path)
    const isWanted = mechanism.kind === 'iptables' && mechanism.file === path
    if (file.state !== 'there') {
      if (isWanted && path === UFW_RULES) throw refuse(`${path} on ${name} could not be read.`)
      return []
    }
    const bytes = savedWith(file.bytes, isWanted ? guarded : none, hooks)
    if (bytes === null && isWanted && path === UFW_RULES)
      throw refuse(`${path} on ${name} has no table filter to put the mesh's rules in.`)
    return bytes === null || bytes === file.bytes ? [] : [[path, bytes]]
  })
  return Object.fromEntries(found)
}

function firewalldOf(guarded: Guarded, { kind }: Mechanism): Record<string, string> {
  if (kind !== 'firewalld') return {}
  const paths = firewallPaths(guarded)
  const { zone, policy } = firewalldFiles(guarded)
  return { [paths.zone]: zone, [paths.policy]: policy }
}

function findingsOf(
  { hostId, facts }: PlanHost<IpsecFacts>,
  guarded: Guarded,
  mechanism: Mechanism,
  boot: BootPart | null,
): Finding[] {
  if (guarded.own === null) return []
  if (mechanism.kind === 'none')
    return [
      {
        level: 'warn',
        hostId,
        title: 'No firewall',
        detail:
          'Neither iptables nor nft is there, so nothing but the IPsec policy itself keeps unprotected packets of the mesh away: before it is set, IP in IP from another member is taken in as it comes.',
      },
    ]
  const isLoadedElsewhere = boot?.isUnit && facts.firewall.tool !== 'none' && mechanism.kind !== 'firewalld'
  if (!isLoadedElsewhere) return []
  return [
    {
      level: 'info',
      hostId,
      title: 'What loads the rules at boot was not found',
      detail:
        'The mesh’s rules are loaded before the network. Where the host’s own are loaded later, and empty the chains first, the mesh’s go: the host’s page then shows it.',
    },
  ]
}
