import type { FirewallFacts, FirewallTool } from './facts'
import { hasChain, type IptablesFilter, parseIptablesSave, printRules, rulesHost } from './parse-iptables'
import { hasSay, hostTables, isOfIptables, parseNft } from './parse-nft'
import type { UnitState } from './parse-units'

/** By what it is told who rules the host's packets. Texts are null where they were not read, or there is no such program. */
export interface FirewallEvidence {
  programs: ReadonlySet<string>
  /** `iptables -V`, `iptables-save`, and, beside the nf_tables backend, `iptables-legacy-save`. */
  version: string | null
  save: string | null
  legacySave: string | null
  nft: string | null
  /** /etc/ufw/ufw.conf */
  ufwConf: string | null
  units: readonly UnitState[]
  /** Whether netfilter-persistent's file of rules is there, and an init script of it starts. */
  hasRulesFile: boolean
  hasRulesScript: boolean
}

interface Claim {
  tool: FirewallTool
  because: string
}

/** Who rules the host's packets: by what runs, and what the rules that are in force say. */
export function firewallOf(evidence: FirewallEvidence): FirewallFacts {
  const filter = evidence.save === null ? null : parseIptablesSave(evidence.save)
  const { version } = evidence
  const { tool, because } = toolOf(evidence, filter)
  return {
    tool,
    because: `${because}.`,
    iptables: filter && printRules(filter),
    // Before 1.8 there was one backend, and no word for it.
    iptablesBackend: version === null ? null : isNfTables(version) ? 'nf_tables' : 'legacy',
    nft: evidence.nft,
    isPersistent:
      evidence.hasRulesFile && (evidence.hasRulesScript || isEnabled(evidence.units, 'netfilter-persistent.service')),
  }
}

function toolOf(evidence: FirewallEvidence, filter: IptablesFilter | null): Claim {
  const managed = [ufw(evidence, filter), firewalld(evidence), shorewall(evidence)].filter((claim) => claim !== null)
  const [first, second] = managed
  if (first && second) return unclear(`${first.because}, and ${lower(second.because)}`)
  if (first) return first
  const unread = notRead(evidence, filter)
  const [one, two] = rawClaims(evidence, filter)
  if (one && two) return unclear(`${one.because}, and ${lower(two.because)}`)
  if (unread !== null) return unclear(unread)
  return one ?? emptyTables(evidence) ?? { tool: 'none', because: 'No rule stands in the way of what comes or goes' }
}

function unclear(because: string): Claim {
  return { tool: 'unclear', because }
}

function ufw({ ufwConf, programs }: FirewallEvidence, filter: IptablesFilter | null): Claim | null {
  if (!programs.has('ufw')) return null
  const isOn = /^\s*ENABLED=["']?yes/im.test(ufwConf ?? '')
  const hasRules = filter !== null && hasChain(filter, 'ufw-')
  if (isOn && hasRules) return { tool: 'ufw', because: 'ufw is enabled and its rules are in force' }
  if (isOn) return unclear('ufw is enabled, and its rules are not in force')
  return hasRules ? unclear('ufw is not enabled, and its rules are in force') : null
}

function firewalld({ units }: FirewallEvidence): Claim | null {
  return isActive(units, 'firewalld.service') ? { tool: 'firewalld', because: 'firewalld runs' } : null
}

function shorewall({ units }: FirewallEvidence): Claim | null {
  return isActive(units, 'shorewall.service') ? { tool: 'shorewall', because: 'Shorewall is active' } : null
}

/** Rules that no tool looks after: of each backend of iptables, and of nftables itself. */
function rawClaims({ version, legacySave, nft }: FirewallEvidence, filter: IptablesFilter | null): Claim[] {
  const hasOld = legacySave !== null && isNfTables(version)
  const aside = hasOld ? parseIptablesSave(legacySave) : null
  const tables = hostTables(parseNft(nft ?? '')).filter(hasSay)
  const names = tables.map(({ family, name }) => `${family} ${name}`).join(', ')
  return [
    filter && rulesHost(filter) ? ({ tool: 'iptables', because: 'iptables has rules for the host' } as const) : null,
    aside && rulesHost(aside)
      ? ({ tool: 'iptables', because: 'The old backend of iptables has rules for the host' } as const)
      : null,
    tables.length > 0 ? ({ tool: 'nftables', because: `nftables rules the host in ${names}` } as const) : null,
  ].filter((claim) => claim !== null)
}

/** Debian's own /etc/nftables.conf has a table with empty chains: what is written there comes into force. */
function emptyTables({ nft, units }: FirewallEvidence): Claim | null {
  const tables = hostTables(parseNft(nft ?? ''))
  const isKept = isActive(units, 'nftables.service') || isEnabled(units, 'nftables.service')
  return tables.length > 0 && isKept
    ? { tool: 'nftables', because: 'nftables is set up, and lets everything through' }
    : null
}

/** What is there and did not answer could hold any rule. */
function notRead({ programs, nft, save }: FirewallEvidence, filter: IptablesFilter | null): string | null {
  const isOthers = nft !== null && parseNft(nft).some(isOfIptables)
  if (programs.has('iptables') && save !== null && filter === null) return 'The rules of iptables were not read whole'
  if (programs.has('iptables') && save === null) return 'The rules of iptables could not be read'
  if (programs.has('nft') && nft === null && filter === null) return 'The rules of nftables could not be read'
  return !programs.has('iptables') && isOthers ? 'There are tables of iptables, and no iptables to read them' : null
}

function isNfTables(version: string | null): boolean {
  return version?.includes('(nf_tables)') ?? false
}

function isActive(units: readonly UnitState[], id: string): boolean {
  return units.some((unit) => unit.id === id && unit.isActive)
}

function isEnabled(units: readonly UnitState[], id: string): boolean {
  return units.some((unit) => unit.id === id && unit.fileState.startsWith('enabled'))
}

function lower(text: string): string {
  return text.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())
}
