/** One chain of a ruleset. */
export interface NftChain {
  name: string
  /** "input", "output", …; null where packets come only by a jump. */
  hook: string | null
  policy: string | null
  ruleCount: number
}

export interface NftTable {
  /** "inet", "ip", … */
  family: string
  name: string
  chains: NftChain[]
}

/** Understands as much of `nft list ruleset` as tells who rules what: tables, chains, their hooks, and how many rules. */
export function parseNft(text: string): NftTable[] {
  const tables: NftTable[] = []
  let chain: NftChain | null = null
  for (const line of text.split('\n')) {
    const [, family = '', name = ''] = /^table (\S+) (\S+) \{/.exec(line) ?? []
    if (name) tables.push({ family, name, chains: [] })
    const begins = /^\tchain (\S+) \{/.exec(line)?.[1]
    if (begins !== undefined) {
      chain = { name: begins, hook: null, policy: null, ruleCount: 0 }
      tables.at(-1)?.chains.push(chain)
    } else if (line === '\t}') chain = null
    else if (chain && line.trim() !== '') {
      const hook = /^\s+type \S+ hook (\S+) /.exec(line)?.[1]
      if (hook === undefined) chain.ruleCount += 1
      else {
        chain.hook = hook
        chain.policy = /; policy (\w+);/.exec(line)?.[1] ?? 'accept'
      }
    }
  }
  return tables
}

const IPTABLES_TABLES = ['filter', 'nat', 'mangle', 'raw', 'security']

/** Whether iptables-nft keeps the table: of its families and names, and every chain with a hook has iptables' name. */
export function isOfIptables({ family, name, chains }: NftTable): boolean {
  const based = chains.filter(({ hook }) => hook !== null)
  return (
    ['ip', 'ip6'].includes(family) &&
    IPTABLES_TABLES.includes(name) &&
    based.every((chain) => /^[A-Z]+$/.test(chain.name))
  )
}

/** Tables of programs that look after their own packets alone, and Pollux's own. */
const NOBODYS = /^(docker|libvirt|kube|cni|netavark|flannel|cali|f2b|pollux)[-_]?/i

/** The tables that somebody made to rule what comes to the host or goes out from it, if only with empty chains. */
export function hostTables(tables: readonly NftTable[]): NftTable[] {
  return tables.filter(
    (table) =>
      !isOfIptables(table) &&
      !NOBODYS.test(table.name) &&
      table.name !== 'firewalld' &&
      ['ip', 'inet'].includes(table.family) &&
      table.chains.some(({ hook }) => hook === 'input' || hook === 'output'),
  )
}

/** Whether a table says more than that everything goes through. */
export function hasSay({ chains }: NftTable): boolean {
  return chains.some(
    ({ hook, policy, ruleCount }) => (hook === 'input' || hook === 'output') && (policy === 'drop' || ruleCount > 0),
  )
}
