import type { FileStep, PlanHost, RunStep, Step } from '@/lib/agent'
import { refuse } from '@/lib/agent'
import { type ConfigFiles, editTo, type FileEdit } from '@/lib/agent/config-file'
import type { MeshWish } from '../desired'
import type { IpsecFacts } from '../facts/facts'
import { ownFront, ownName } from '../mesh/names'
import type { Side } from '../mesh/pair'
import { type Exchange, exchangeOf } from './exchange'
import { type ExchangeKind, exchangeProgram } from './programs'

/** What the key exchange takes on one host, by phase. */
export interface IkePart {
  /** Keys and connections, known to the daemon and not asked for. */
  files: Step[]
  /** Each new pair once, with proof. */
  tries: Step[]
  /** From here the kernel asks for the pair by itself. */
  traps: Step[]
  /** A forced rekey of each new pair. */
  proof: Step[]
  /** The pairs that are new or changed here; the others are not touched. */
  fresh: readonly Side[]
}

const FILE_S = 20
/** Of a packet: the headers of IP and ICMP. */
const PING_HEADERS = 28

/** The steps by which the daemon's files say exactly the wanted pairs of this mesh. Nothing where they do. */
export function ikePart(
  { facts, name }: PlanHost<IpsecFacts>,
  index: number,
  mesh: MeshWish,
  sides: readonly Side[],
  isFresh: (side: Side) => boolean,
): IkePart {
  const exchange = exchangeOf(facts.daemon)
  const { kind } = exchange
  const wanted = sides.map((side) => ({ side, ...exchange.filesOf(mesh, side) }))
  const good = (edit: FileEdit) => {
    if (edit.ok) return edit
    throw refuse(`${edit.path} on ${name} ${edit.why}.`)
  }
  const put = ({ path, bytes }: { path: string; bytes: string }) => good(editTo(facts.files, path, bytes))
  const known = new Set(
    wanted.flatMap(({ publicKey, connection, trap }) => [publicKey, connection, trap].map((f) => f.path)),
  )
  const gone = ownFiles(facts.files, mesh, exchange).filter((path) => !known.has(path))
  const removals = gone.map((path) => good(editTo(facts.files, path, null)))
  const additions = wanted.flatMap(({ publicKey, connection }) => [put(publicKey), put(connection)])
  const traps = wanted.map(({ trap }) => put(trap))
  const steps = (edits: readonly Extract<FileEdit, { ok: true }>[], what: string) =>
    edits.filter(isEdit).map((edit, at): FileStep => fileStep(`ike${index}.${what}${at + 1}`, edit))
  const files = steps([...removals, ...additions], 'file')
  const trapFiles = steps(traps, 'trap')
  const changed = new Set([...files, ...trapFiles].map(({ path }) => path))
  const fresh = wanted
    .filter(
      ({ side, ...own }) => [own.publicKey, own.connection, own.trap].some((f) => changed.has(f.path)) || isFresh(side),
    )
    .map(({ side }) => side)
  const brought = wanted.filter(({ connection }) => put(connection).before === null).map(({ side }) => side.name)
  const leaving = pairsOf(gone, mesh, exchange)
  const names = sides.map((side) => side.name)
  const begun = fresh.filter((side) => side.begins)
  return {
    files: [
      ...bracket(kind, `ike${index}.files`, files, names, brought),
      ...(leaving.length > 0 ? [endStep(kind, index, leaving)] : []),
    ],
    tries: fresh.length > 0 ? [tryStep(kind, index, fresh, brought)] : [],
    traps:
      trapFiles.length > 0
        ? [...bracket(kind, `ike${index}.traps`, trapFiles, names, []), trappedStep(kind, index, fresh)]
        : [],
    proof: [
      ...(begun.length > 0 ? [rekeyStep(kind, index, begun)] : []),
      ...fresh.slice(0, 1).map(({ own }) => wireStep(kind, index, own.device.name, fresh)),
    ],
    fresh,
  }
}

/** The files of a mesh that stand on a host. */
function ownFiles(files: ConfigFiles, mesh: MeshWish, { connections, keys }: Exchange): string[] {
  const fronts = [connections, keys].map((folder) => `${folder}/${ownFront(mesh)}`)
  return Object.keys(files).filter((path) => fronts.some((front) => path.startsWith(front)))
}

/** The connections that files which go stand for. */
function pairsOf(paths: readonly string[], mesh: MeshWish, { connections }: Exchange): string[] {
  const front = `${connections}/${ownName(mesh, { label: '' })}`
  return paths.flatMap((path) => {
    const label =
      path.startsWith(front) && !path.endsWith('.trap.conf') ? path.slice(front.length, -'.conf'.length) : ''
    return label === '' ? [] : [`${mesh.tag}-${label}`]
  })
}

function isEdit({ before, after }: Extract<FileEdit, { ok: true }>): boolean {
  return before === null || after === null ? before !== after : before.bytes !== after.bytes
}

function fileStep(id: string, { path, before, after }: Extract<FileEdit, { ok: true }>): FileStep {
  const title = after === null ? `Remove ${path}` : before === null ? `Write ${path}` : `Change ${path}`
  return { kind: 'file', id, title, timeoutS: FILE_S, path, before, after, undo: { copy: true } }
}

/**
 * The files, and the daemon told of them behind them. Taken back, the steps run the other way round: what stands before the
 * files tells it once they are as they were, and ends what the files brought.
 */
function bracket(
  kind: ExchangeKind,
  id: string,
  files: readonly FileStep[],
  names: readonly string[],
  brought: readonly string[],
): Step[] {
  if (files.length === 0) return []
  const before: RunStep = {
    kind: 'run',
    id: `${id}.known`,
    title: 'Have strongSwan read its files again when they are taken back',
    timeoutS: 10,
    run: ['true'],
    undo: { run: exchangeProgram(kind, 'reload', ...brought), timeoutS: 60 + 8 * brought.length },
    notAtBoot: true,
  }
  const load: RunStep = {
    kind: 'run',
    id: `${id}.load`,
    title: 'Have strongSwan read its files',
    timeoutS: 60,
    run: exchangeProgram(kind, 'load', ...names),
    undo: { nothing: 'It reads them again once they are as they were.' },
  }
  return [before, ...files, load]
}

function endStep(kind: ExchangeKind, index: number, names: readonly string[]): RunStep {
  return {
    kind: 'run',
    id: `ike${index}.end`,
    title: `End ${names.join(', ')}`,
    timeoutS: 20 + 8 * names.length,
    run: exchangeProgram(kind, 'end', ...names),
    undo: { nothing: 'The next packet asks for it again, once its files are back.' },
  }
}

function tryStep(kind: ExchangeKind, index: number, fresh: readonly Side[], brought: readonly string[]): RunStep {
  const names = fresh.map((side) => side.name)
  const words = fresh.flatMap(({ name, begins, suite, peer, mtu }) => [
    name,
    begins ? 'begins' : 'waits',
    suite.seenAs.encryption,
    String(suite.seenAs.keyBits),
    peer.inner,
    String(mtu - PING_HEADERS),
  ])
  return {
    kind: 'run',
    id: `ike${index}.try`,
    title: `Try ${fresh.map(({ peer }) => peer.host.name).join(', ')}: key exchange, mode, suite, largest packet`,
    timeoutS: 150 + 2 * fresh.length,
    run: exchangeProgram(kind, 'tryPairs', ...words),
    undo: { run: exchangeProgram(kind, 'terminate', ...names), timeoutS: 20 + 6 * names.length },
    notAtBoot: true,
    // A pair that stood before is asked for again by the next packet.
    isUndone: exchangeProgram(kind, 'isTerminated', ...brought),
    isStanding: ['true'],
  }
}

function trappedStep(kind: ExchangeKind, index: number, fresh: readonly Side[]): RunStep {
  return {
    kind: 'run',
    id: `ike${index}.trapped`,
    title: 'See the kernel ask for each pair by itself',
    timeoutS: 20 + fresh.length,
    run: exchangeProgram(kind, 'areTrapped', ...fresh.map((side) => side.name)),
    proves: true,
    undo: { nothing: 'It only looks.' },
  }
}

function rekeyStep(kind: ExchangeKind, index: number, sides: readonly Side[]): RunStep {
  return {
    kind: 'run',
    id: `ike${index}.rekey`,
    title: `Force new keys with ${sides.map(({ peer }) => peer.host.name).join(', ')}`,
    timeoutS: 30 + 30 * sides.length,
    run: exchangeProgram(
      kind,
      'rekey',
      ...sides.flatMap(({ name, peer, mtu }) => [name, peer.inner, String(mtu - PING_HEADERS)]),
    ),
    proves: true,
    undo: { nothing: 'The pair goes on with the new key.' },
  }
}

function wireStep(kind: ExchangeKind, index: number, device: string, fresh: readonly Side[]): RunStep {
  return {
    kind: 'run',
    id: `ike${index}.wire`,
    title: `See on ${device} that what leaves the tunnels is ESP, and nothing in clear`,
    timeoutS: 60 + 6 * fresh.length,
    run: exchangeProgram(kind, 'wire', device, ...fresh.flatMap(({ name, peer }) => [name, peer.outer, peer.inner])),
    proves: true,
    undo: { nothing: 'It only looks.' },
  }
}
