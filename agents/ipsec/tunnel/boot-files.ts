import { editTo, type FileEdit, fileAt } from '@/lib/agent/config-file'
import { parseInterfaces } from '@/lib/agent/interfaces'
import { appendBlock, removeBlock } from '@/lib/agent/marked-block'
import { INTERFACES, INTERFACES_FOLDER, sourcedPath } from '@/lib/agent/sourced-interfaces'
import type { DeviceFacts, IpsecFacts } from '../facts/facts'
import { type Mesh, ownFront, ownName } from '../mesh/names'
import type { Side } from '../mesh/pair'
import { netdevText, networkText, stanzaFile, stanzaText, unitText, wantsText } from './boot-text'
import { NETWORKD_FOLDER, UNIT_FOLDER, WANTS_FOLDER } from './paths'

/** What brings the tunnels back at boot. */
export type BootWay = 'networkd' | 'interfaces.d' | 'interfaces' | 'unit' | 'none'

/**
 * By what holds the outer device. netplan hands its files to networkd, which reads ours beside them: netplan itself has no word
 * for the other end of an address, and before 0.103 refuses the whole configuration for a tunnel's `ttl`. NetworkManager and
 * what Pollux does not know are left to themselves: a unit of our own makes the tunnel. Without systemd nothing does.
 */
export function bootWay(facts: IpsecFacts, { stack }: Pick<DeviceFacts, 'stack'>): BootWay {
  if (stack === 'networkd' || stack === 'netplan') return 'networkd'
  if (stack === 'ifupdown') return sourcedPath(facts, 'pollux') === null ? 'interfaces' : 'interfaces.d'
  return facts.hasSystemd ? 'unit' : 'none'
}

/** Every edit that leaves exactly the wanted tunnels in the files; those that stand already are not named. */
export function bootEdits(facts: IpsecFacts, mesh: Mesh, sides: readonly Side[]): FileEdit[] {
  const wanted = new Map(sides.flatMap((side) => filesOf(facts, mesh, side)))
  const gone = ownBootFiles(facts, mesh).filter((path) => !wanted.has(path))
  const edits = [
    ...[...wanted].map(([path, bytes]) => editTo(facts.files, path, bytes, { makesFolder: !hasFolderOf(facts, path) })),
    ...gone.map((path) => editTo(facts.files, path, null)),
    ...blockEdits(facts, mesh, sides),
  ]
  return edits.filter((edit) => !edit.ok || edit.before?.bytes !== edit.after?.bytes)
}

/** A folder that was there stays when the last file in it goes, also where a package left it empty. */
function hasFolderOf({ folders }: IpsecFacts, path: string): boolean {
  return folders.includes(path.slice(0, path.lastIndexOf('/')))
}

function filesOf(facts: IpsecFacts, mesh: Mesh, side: Side): [path: string, bytes: string][] {
  const name = ownName(mesh, side.peer)
  const unit = `${name}.tunnel.service`
  switch (bootWay(facts, side.own.device)) {
    case 'networkd':
      return [
        [`${NETWORKD_FOLDER}/${name}.netdev`, netdevText(mesh.tag, side)],
        [`${NETWORKD_FOLDER}/${name}.network`, networkText(mesh.tag, side)],
      ]
    case 'interfaces.d':
      return [[sourcedPath(facts, name)?.path ?? '', stanzaFile(mesh.tag, side)]]
    case 'unit':
      return [
        [`${UNIT_FOLDER}/${unit}`, unitText(mesh.tag, side)],
        [`${WANTS_FOLDER}/${name}.tunnel.conf`, wantsText(mesh.tag, side, unit)],
      ]
    default:
      return []
  }
}

/** Files that keep a tunnel of this mesh over a boot, whatever the way. */
function ownBootFiles({ files }: IpsecFacts, mesh: Mesh): string[] {
  return Object.keys(files).filter((path) => {
    const at = path.lastIndexOf('/')
    const [folder, name] = [path.slice(0, at), path.slice(at + 1)]
    // An include such as "*.conf" or "if-*" puts something before or behind the name.
    if (folder === INTERFACES_FOLDER) return name.includes(ownFront(mesh))
    if (!name.startsWith(ownFront(mesh))) return false
    if (folder === NETWORKD_FOLDER) return /\.(netdev|network)$/.test(name)
    return (folder === UNIT_FOLDER || folder === WANTS_FOLDER) && /\.tunnel\.(service|conf)$/.test(name)
  })
}

const blockFront = (mesh: Mesh) => `tunnel ${mesh.tag}-`
const blockOf = ({ name }: Side) => `tunnel ${name}`

/** The one edit of /etc/network/interfaces: blocks that stand as wanted stay where they are. */
function blockEdits(facts: IpsecFacts, mesh: Mesh, sides: readonly Side[]): FileEdit[] {
  const file = fileAt(facts.files, INTERFACES)
  const wanted = new Map(
    sides
      .filter((side) => bootWay(facts, side.own.device) === 'interfaces')
      .map((side) => [blockOf(side), stanzaText(side)]),
  )
  if (file.state !== 'there') return wanted.size === 0 ? [] : [editTo(facts.files, INTERFACES, addAll('', wanted))]
  const standing = blocksIn(file.bytes, mesh)
  const missing = new Map([...wanted].filter(([block, text]) => standing.get(block) !== text))
  const stale = [...standing.keys()].filter((block) => !wanted.has(block) || missing.has(block))
  const left = stale.reduce((bytes, block) => removeBlock(bytes, block) ?? bytes, file.bytes)
  return [editTo(facts.files, INTERFACES, addAll(left, missing))]
}

function addAll(bytes: string, blocks: ReadonlyMap<string, string>): string {
  return [...blocks].reduce((all, [block, text]) => appendBlock(all, block, text), bytes)
}

/** Blocks of this mesh by their names, with what stands in each. */
function blocksIn(bytes: string, mesh: Mesh): Map<string, string> {
  const blocks = new Map<string, string>()
  const pattern = /^# >>> Pollux: (tunnel [a-z0-9-]{1,15}) >>>\n([\s\S]*?)^# <<< Pollux: \1 <<</gm
  for (const [, block = '', text = ''] of bytes.matchAll(pattern))
    if (block.startsWith(blockFront(mesh))) blocks.set(block, text)
  return blocks
}

/** Names of tunnels that a file of Pollux's tells to be of this mesh. */
export function ownTunnels(facts: IpsecFacts, mesh: Mesh): Set<string> {
  const main = fileAt(facts.files, INTERFACES)
  const blocks = main.state === 'there' ? [...blocksIn(main.bytes, mesh).keys()].map((block) => block.slice(7)) : []
  const named = Object.keys(facts.files).flatMap((path) => {
    const match = /(?:^|\/)[^/]*?pollux-([a-z0-9-]+)[^/]*$/.exec(path)
    const [, name = ''] = match ?? []
    return name.startsWith(`${mesh.tag}-`) && !/\/pollux-[a-z0-9-]+\.service$/.test(path) ? [name] : []
  })
  return new Set([...blocks, ...named])
}

/** Devices that a stanza of somebody else's sets up, each with its place: "line 12 of /etc/network/interfaces". */
export function foreignStanzas({ files }: IpsecFacts): Map<string, string> {
  const found = new Map<string, string>()
  for (const [path, file] of Object.entries(files)) {
    if (file.state !== 'there' || !path.startsWith('/etc/network/') || isOwn(path)) continue
    for (const { words, line } of parseInterfaces(withoutBlocks(file.bytes)).parts)
      if (words[0] === 'iface') found.set(words[1] ?? '', `line ${line} of ${path}`)
  }
  return found
}

const isOwn = (path: string) => /\/[^/]*pollux-[a-z0-9-]+[^/]*$/.test(path)

/** Every line keeps its number: what stands in a block of Pollux's is blank. */
function withoutBlocks(bytes: string): string {
  return bytes.replace(/^# >>> Pollux: [^\n]* >>>\n[\s\S]*?^# <<< Pollux: /gm, (block) => block.replace(/[^\n]/g, ''))
}
