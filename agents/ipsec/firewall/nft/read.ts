import { nftChain, nftTable, type Tagged, type Way, ways } from '../names'

/** A table by its family and name. */
export interface NftTable {
  family: string
  table: string
}

/** A chain in `nft list ruleset`. */
export interface NftChain extends NftTable {
  chain: string
  /** The hook that it stands at by itself; null for one that is only jumped to. */
  way: Way | null
  isFilter: boolean
  policy: string | null
  /** Its rules, letter by letter, without the white space around them. */
  rules: readonly string[]
  /** Whether a comment of nft says that iptables keeps the table. */
  isIptables: boolean
}

/** What of a mesh stands in an admin's table. */
export interface NftOwn extends NftTable {
  way: Way
  /** The rules of the mesh's own chain; null where there is none. */
  rules: readonly string[] | null
  /** The chains that jump to it, and at which place, from 0. */
  jumps: readonly { chain: string; place: number }[]
}

/**
 * The chains of a text of `nft list ruleset`, in their order. nft writes a table's name at the line's beginning, a chain's
 * behind one tab, and ends each by a brace in the same place.
 */
export function readChains(text: string): NftChain[] {
  const chains: NftChain[] = []
  let table: NftTable | null = null
  let isIptables = false
  let lines: string[] | null = null
  for (const line of text.split('\n')) {
    const [, family, name] = /^table (\S+) (\S+) \{/.exec(line) ?? []
    const chain = /^\tchain (\S+) \{/.exec(line)?.[1]
    if (family !== undefined && name !== undefined) table = { family, table: name }
    else if (line.startsWith('# Warning: table ')) isIptables = true
    else if (line.startsWith('}')) [table, isIptables] = [null, false]
    else if (chain !== undefined && table) {
      lines = []
      chains.push({ ...table, chain, way: null, isFilter: false, policy: null, rules: lines, isIptables })
    } else if (line.startsWith('\t}')) lines = null
    else if (lines && line.trim() !== '') lines.push(line.trim())
  }
  return chains.map(withHead)
}

const heads = /^type (\S+) hook (\S+) .*?;(?: policy (\S+);)?/
const hooks: Readonly<Record<string, Way>> = { input: 'in', output: 'out' }

function withHead(chain: NftChain): NftChain {
  const head = heads.exec(chain.rules[0] ?? '')
  if (!head) return chain
  const [, type, hook, policy] = head
  const rules = chain.rules.slice(1)
  return { ...chain, rules, way: hooks[hook ?? ''] ?? null, isFilter: type === 'filter', policy: policy ?? 'accept' }
}

/** What of a mesh stands in the tables that are not its own. */
export function readOwnChains(chains: readonly NftChain[], mesh: Tagged): NftOwn[] {
  const tables = new Map(chains.map(({ family, table }) => [`${family} ${table}`, { family, table }] as const))
  return [...tables.values()].flatMap(({ family, table }) =>
    ways.flatMap((way): NftOwn[] => {
      const among = chains.filter((one) => one.family === family && one.table === table)
      const own = among.find(({ chain }) => chain === nftChain(mesh, way))
      const jumps = among.flatMap(({ chain, rules }) =>
        rules.flatMap((rule, place) => (jumpsTo(rule) === nftChain(mesh, way) ? [{ chain, place }] : [])),
      )
      return own || jumps.length > 0 ? [{ family, table, way, rules: own?.rules ?? null, jumps }] : []
    }),
  )
}

function jumpsTo(rule: string): string | null {
  return /^jump (\S+)/.exec(rule)?.[1] ?? null
}

/** The mesh's own table as nft wrote it; null where there is none. */
export function ownTable(text: string, mesh: Tagged): string | null {
  const lines = text.split('\n')
  const start = lines.findIndex((line) => line.startsWith(`table ip ${nftTable(mesh)} {`))
  const end = lines.findIndex((line, at) => at > start && line.startsWith('}'))
  return start < 0 || end < 0 ? null : lines.slice(start, end + 1).join('\n')
}

/** The mesh's lines in a ruleset, as the program `asBefore` picks them: without what they counted. */
export function ownLines(text: string, mesh: Tagged): string[] {
  let [isTable, isChain] = [false, false]
  const own = text.split('\n').filter((line) => {
    if (line.startsWith('table ')) isTable = line.split(' ')[2] === nftTable(mesh)
    if (line.startsWith('\tchain ')) isChain = ways.some((way) => line.startsWith(`\tchain ${nftChain(mesh, way)} `))
    const isOwn = isTable || isChain || line.includes(`jump ${nftTable(mesh)}_`)
    if (line === '\t}') isChain = false
    return isOwn && line !== ''
  })
  return own.map((line) => line.replace(/ packets \d+ bytes \d+/, ''))
}
