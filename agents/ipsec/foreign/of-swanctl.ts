import type { IpsecFacts } from '../facts/facts'
import { SWANCTL_CONF } from '../paths'
import { addressesOf, type Between, betweenAll, bytesAt, cutOf, type Foreign, idOf, placeOf, utf8Of } from './foreign'
import { parseSettings, type Section, type SettingsNode } from './settings-conf'

const MAIN = '/etc/swanctl/swanctl.conf'
/** What swanctl.conf includes as it is shipped. */
const OWN_INCLUDE = /^(?:\/etc\/swanctl\/)?conf\.d\/\*\.conf$/

interface Read {
  path: string
  bytes: string
  nodes: readonly SettingsNode[]
  isWhole: boolean
}

interface Piece {
  file: Read
  section: Section
}

/** Connections of swanctl that stand in files of others', and those that the daemon has and no file tells. */
export function swanctlForeign(facts: IpsecFacts): Foreign[] {
  const paths = Object.keys(facts.files).filter(isForeign)
  const read = paths.flatMap((path): Read[] => {
    const bytes = bytesAt(facts.files, path)
    return bytes === null ? [] : [{ path, bytes, ...parseSettings(bytes) }]
  })
  const pieces = read.flatMap((file) =>
    sections(file.nodes, 'connections').flatMap((all) =>
      sections(all.nodes).map((section): Piece => ({ file, section })),
    ),
  )
  const names = new Set(pieces.map(({ section }) => section.name))
  const known = [...names].map((name) => foreignOf(facts, name, pieces))
  const isAllRead =
    read.length === paths.length &&
    read.every(({ isWhole, nodes }) => isWhole && includes(nodes).every((pattern) => OWN_INCLUDE.test(pattern)))
  return [...known, ...loadedOnly(facts, new Set([...names].map(utf8Of)), isAllRead)]
}

function isForeign(path: string): boolean {
  if (path === MAIN) return true
  return path.startsWith(`${SWANCTL_CONF}/`) && path.endsWith('.conf') && !path.startsWith(`${SWANCTL_CONF}/pollux-`)
}

function sections(nodes: readonly SettingsNode[], name?: string): Section[] {
  return nodes.filter((node) => node.kind === 'section').filter((one) => name === undefined || one.name === name)
}

function includes(nodes: readonly SettingsNode[]): string[] {
  const found: string[] = []
  const open = [...nodes]
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'include') found.push(node.pattern)
    if (node.kind === 'section') open.push(...node.nodes)
  }
  return found
}

/** What stands last holds; sections of one name are one. */
function setting(pieces: readonly Section[], key: string): string | undefined {
  const found = pieces.flatMap(({ nodes }) => nodes.flatMap((node) => (isSetting(node, key) ? [node.value] : [])))
  return found.at(-1)
}

function isSetting(node: SettingsNode, key: string): node is Extract<SettingsNode, { kind: 'setting' }> {
  return node.kind === 'setting' && node.key === key
}

function foreignOf(facts: IpsecFacts, name: string, all: readonly Piece[]): Foreign {
  const own = all.filter(({ section }) => section.name === name)
  const parts = own.map(({ section }) => section)
  const ends = {
    local: addressesOf(setting(parts, 'local_addrs')),
    remote: addressesOf(setting(parts, 'remote_addrs')),
  }
  const files = [...new Set(own.map(({ file }) => file))]
  const spansOf = (file: Read) => own.filter((piece) => piece.file === file).map(({ section }) => section)
  const user = all.find(
    ({ section }) => section.name !== name && section.refs.some((ref) => ref.split('.').includes(name)),
  )
  const broken = files.find(({ isWhole }) => !isWhole)
  return {
    id: idOf('swanctl', name),
    kind: 'swanctl',
    name: utf8Of(name),
    places: own.map(({ file, section }) => placeOf(file.path, file.bytes, section)),
    ends: [ends],
    isActive: facts.daemon?.kind === 'swanctl' || facts.programs.includes('swanctl'),
    takesTunnels: true,
    fixed: broken
      ? `${broken.path} is not written as strongSwan understands it, so that Pollux does not edit it.`
      : user
        ? `The connection ${user.section.name} refers to it: see to that one first.`
        : null,
    cuts: files.map((file) => cutOf(file.path, file.bytes, spansOf(file))),
    live: { kind: 'connection', name: utf8Of(name) },
    between: betweenOf(facts, parts),
  }
}

/**
 * Connections that the daemon has though no file tells of them. Reading the files anew, as each change of a mesh does, drops
 * them (swanctl(8), --load-conns); where a file could not be read they are most likely of that one, and stay.
 */
function loadedOnly({ connections, files }: IpsecFacts, known: ReadonlySet<string>, isAllRead: boolean): Foreign[] {
  const own = new Set(
    Object.keys(files).flatMap((path) => /\/pollux-([a-z0-9]+-[a-z0-9-]+)\.conf$/.exec(path)?.[1] ?? []),
  )
  const found = (connections ?? []).filter((name) => !known.has(name) && !own.has(name))
  return found.map((name) => ({
    id: idOf('loaded', name),
    kind: 'loaded',
    name,
    places: [],
    ends: [],
    isActive: true,
    takesTunnels: isAllRead,
    fixed: isAllRead
      ? 'No file tells of it, so that nothing could bring it back.'
      : 'It most likely stands in a file that Pollux does not read, since that holds a key or is included from elsewhere.',
    cuts: [],
    live: null,
    between: [],
  }))
}

/** Between which nets a connection's policies stand. */
function betweenOf(facts: IpsecFacts, connection: readonly Section[]): Between[] {
  const locals = addressesOf(setting(connection, 'local_addrs')) ?? ownAddresses(facts)
  const remotes = addressesOf(setting(connection, 'remote_addrs')) ?? []
  const children = connection
    .flatMap(({ nodes }) => sections(nodes, 'children'))
    .flatMap(({ nodes }) => sections(nodes))
  return children.flatMap((child) =>
    betweenAll(nets(setting([child], 'local_ts'), locals), nets(setting([child], 'remote_ts'), remotes)),
  )
}

/** Traffic selectors without their protocols and ports. */
function nets(text: string | undefined, ends: readonly string[]): string[] {
  const all = (text ?? 'dynamic').split(',').map((one) => (one.split('[')[0] ?? '').trim())
  return all.filter(Boolean).flatMap((net) => (net === 'dynamic' ? ends : [net]))
}

function ownAddresses({ devices }: IpsecFacts): string[] {
  return devices.flatMap(({ addresses }) => addresses.map(({ host }) => host))
}
