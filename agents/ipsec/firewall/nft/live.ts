import { createHash } from 'node:crypto'
import type { RunStep, Step } from '@/lib/agent'
import type { Guarded } from '../guarded'
import { nftChain, nftTable, type Way, ways } from '../names'
import { look, type StepIds } from '../part'
import { closedChains } from './closed'
import { nftProgram } from './program'
import { type NftOwn, ownLines, ownTable, readChains, readOwnChains } from './read'
import { acceptRules, dropRule, dropTable, sameRule, tableGone } from './rules'

/** A chain of an admin's that must jump to the mesh's. */
export interface Place {
  family: string
  table: string
  chain: string
  way: Way
  /** Whether iptables keeps it, so that nft must leave it alone. */
  isIptables: boolean
}

/** Where accepts must stand: in chains that may end a mesh's packets, and where they stand already. */
export function placesOf(text: string, guarded: Guarded): Place[] {
  if (guarded.own === null) return []
  const chains = readChains(text)
  const own = readOwnChains(chains, guarded)
  const closed = new Set(closedChains(chains, guarded))
  return chains.flatMap((one): Place[] => {
    const { family, table, chain, way } = one
    const jumps = own.some((each) => each.family === family && each.table === table && jumpsFrom(each, chain))
    if (way === null || !(closed.has(one) || jumps)) return []
    return [{ family, table, chain, way, isIptables: one.isIptables || (table === 'filter' && isUpper(chain)) }]
  })
}

function jumpsFrom(own: NftOwn, chain: string): boolean {
  return own.jumps.some((jump) => jump.chain === chain)
}

function isUpper(chain: string): boolean {
  return ['INPUT', 'OUTPUT'].includes(chain)
}

/** Whether the mesh's rules stand in `nft list ruleset` as they are to, in its own table and in each place. */
export function rulesStand(text: string, guarded: Guarded): boolean {
  const own = readOwnChains(readChains(text), guarded)
  if (guarded.own === null) return own.length === 0 && ownTable(text, guarded) === null
  const places = placesOf(text, guarded)
  const isIn = ({ family, table, chain, way }: Place) =>
    own.some((one) => one.family === family && one.table === table && one.way === way && jumpsFrom(one, chain))
  return dropsStand(text, guarded) && places.every(isIn) && own.every((one) => isAsWished(one, guarded))
}

function dropsStand(text: string, guarded: Guarded): boolean {
  const chains = readChains(text).filter(({ family, table }) => family === 'ip' && table === nftTable(guarded))
  return ways.every((way) =>
    chains.some((one) => one.way === way && isSame(one.rules, [dropRule(guarded, way)]) && one.policy === 'accept'),
  )
}

function isAsWished({ rules, jumps, way }: NftOwn, guarded: Guarded): boolean {
  return rules !== null && jumps.length > 0 && isSame(rules, acceptRules(guarded, way))
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return JSON.stringify(some.map(sameRule)) === JSON.stringify(others.map(sameRule))
}

/** The steps that bring the rules from how they stand in `text` (`nft list ruleset`) to how they are to; none where they do. */
export function liveSteps(text: string, guarded: Guarded, id: StepIds): Step[] {
  if (rulesStand(text, guarded)) return []
  const isKept = guarded.own !== null
  const words = wordsTo(text, guarded)
  const input = isKept ? wholeRules(text, guarded) : tableGone(guarded)
  const set: RunStep = {
    kind: 'run',
    id: id('rules'),
    title: `${isKept ? 'Set' : 'Remove'} the rules of the mesh ${guarded.tag} (nftables)`,
    timeoutS: 60,
    run: nftProgram('setRules', ...words),
    input,
    undo: { ...toBefore(text, guarded), timeoutS: 60 },
    isUndone: nftProgram('asBefore', nftTable(guarded), sumOf(text, guarded)),
    isStanding: proof(text, guarded),
    undoAfterBoot: true,
  }
  return [set, look({ id: id('seen'), title: 'See that the rules stand', run: proof(text, guarded) }, true)]
}

/** Tries the rules before anything is written: nft and the kernel must know them. */
export function trial(guarded: Guarded, id: StepIds): Step {
  const input = `${dropTable(guarded)}\n`
  const title = 'Try whether nft and the kernel know the rules'
  return look({ id: id('tried'), title, run: nftProgram('tried'), input })
}

function proof(text: string, guarded: Guarded) {
  if (guarded.own === null) return nftProgram('none', nftTable(guarded))
  const places = placesOf(text, guarded)
  const jumps = places.flatMap(({ family, table, chain, way }) => [family, table, chain, nftChain(guarded, way)])
  const peers = guarded.peers.flatMap(({ label, address }) => [label, address])
  return nftProgram('seen', nftTable(guarded), String(places.length), ...jumps, ...peers)
}

/** J for each place. */
export function putWords(text: string, guarded: Guarded): string[] {
  return placesOf(text, guarded).flatMap(({ family, table, chain, way }) => [
    ...['J', family, table, chain],
    nftChain(guarded, way),
    '0',
  ])
}

/** J for each place; D and X for what stands elsewhere. */
function wordsTo(text: string, guarded: Guarded): string[] {
  const places = placesOf(text, guarded)
  const stale = readOwnChains(readChains(text), guarded).filter(
    (own) => !places.some(({ family, table, way }) => own.family === family && own.table === table && own.way === way),
  )
  return [...putWords(text, guarded), ...stale.flatMap((own) => goneWords(own, guarded))]
}

function goneWords({ family, table, way, jumps }: NftOwn, guarded: Guarded): string[] {
  const own = nftChain(guarded, way)
  return [...jumps.flatMap(({ chain }) => ['D', family, table, chain, own]), 'X', family, table, own]
}

/** All that a mesh has in nftables, from nothing or over what there is: `setRules` takes it. */
export function wholeRules(text: string, guarded: Guarded): string {
  const tables = new Map(placesOf(text, guarded).map((place) => [`${place.family} ${place.table} ${place.way}`, place]))
  const chains = [...tables.values()].map((place) => chainText(place, guarded, acceptRules(guarded, place.way)))
  return [tableGone(guarded), dropTable(guarded), '\n', ...chains].join('')
}

function chainText(
  { family, table, way }: Pick<NftOwn, 'family' | 'table' | 'way'>,
  guarded: Guarded,
  rules: readonly string[],
): string {
  const where = `${family} ${table} ${nftChain(guarded, way)}`
  return [`add chain ${where}`, `flush chain ${where}`, ...rules.map((rule) => `add rule ${where} ${rule}`)]
    .map((line) => `${line}\n`)
    .join('')
}

/** From whatever state: what stood, as it stood, and nothing else. */
function toBefore(text: string, guarded: Guarded) {
  const own = readOwnChains(readChains(text), guarded)
  const table = ownTable(text, guarded)
  const back = own.flatMap(({ family, table: name, way, jumps }) =>
    jumps.flatMap(({ chain, place }) => ['J', family, name, chain, nftChain(guarded, way), String(place)]),
  )
  const put = placesOf(text, guarded).filter(
    ({ family, table: name, chain }) =>
      !own.some((one) => one.family === family && one.table === name && jumpsFrom(one, chain)),
  )
  const away = put.flatMap(({ family, table: name, chain, way }) => ['D', family, name, chain, nftChain(guarded, way)])
  const made = put.filter(
    ({ family, table: name, way }) =>
      !own.some((one) => one.family === family && one.table === name && one.way === way && one.rules !== null),
  )
  const unmade = [...new Set(made.map(({ family, table: name, way }) => `${family} ${name} ${nftChain(guarded, way)}`))]
  const words = [...back, ...away, ...unmade.flatMap((where) => ['X', ...where.split(' ')])]
  const chains = own.flatMap((one) => (one.rules === null ? [] : [chainText(one, guarded, one.rules)]))
  const input = [tableGone(guarded), ...(table === null ? [] : [table, '\n']), ...chains].join('')
  return { run: nftProgram('setRules', ...words), input }
}

function sumOf(text: string, guarded: Guarded): string {
  const lines = ownLines(text, guarded).map((line) => `${line}\n`)
  return createHash('sha256').update(lines.join('')).digest('hex')
}
