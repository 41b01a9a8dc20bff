import { takingS } from './on-host/footprint-script'

/** How far the change of a folder or of a lock came on the host. */
export const placeStates = [
  'ended',
  'armed',
  'confirmed',
  'reverting',
  'uploaded',
  'uploading',
  'gone',
  'no-owner',
] as const
export type PlaceState = (typeof placeStates)[number]

/** The lock of a host (rule 11). */
export interface HostLock {
  root: string
  /** The owner file's line as it stands, to break just this lock. */
  owner: string
  /** Which installation took it, for which change; null where the owner file does not say. */
  holder: { instance: string; changeId: number; byScript: boolean } | null
  state: PlaceState
  /** How its change ended, where it did. */
  outcome: string | null
  /** Seconds ago, by the host's clock. */
  ageS: number | null
  /** Whether it was taken since the host last booted; null where the owner file does not say. */
  isThisBoot: boolean | null
}

/** One change's folder on a host. */
export interface HostFolder {
  root: string
  name: string
  title: string
  state: PlaceState
  outcome: string | null
  kib: number
}

/** All that Pollux left on a host. */
export interface Footprint {
  roots: { path: string; kib: number }[]
  lock: HostLock | null
  folders: HostFolder[]
  /** What would run at boot. */
  boot: string[]
  /** Files staged beside managed ones. */
  staged: string[]
}

/** Whether a lock or a folder belongs to a change that is under way: it must come to its end on the host first. */
export function isUnderWay(state: PlaceState): boolean {
  return state === 'armed' || state === 'confirmed' || state === 'reverting' || state === 'uploading'
}

/** Whether nobody works under a lock any more. */
export function isBreakable(lock: HostLock): boolean {
  if (lock.state === 'no-owner') return lock.ageS === null || lock.ageS < 0 || lock.ageS >= takingS
  return !isUnderWay(lock.state)
}

/** Reads what `readFootprintScript` printed; lines that it does not know are passed over. */
export function parseFootprint(text: string): Footprint {
  const found: Footprint = { roots: [], lock: null, folders: [], boot: [], staged: [] }
  let now = { boot: '', epoch: Number.NaN }
  for (const line of text.split('\n')) {
    const [kind, ...words] = line.split('\t')
    const [a = '', b = '', c = '', d = '', e = ''] = words
    if (kind === 'now') now = { boot: a, epoch: Number(b) }
    if (kind === 'root') found.roots.push({ path: a, kib: Number(b) || 0 })
    if (kind === 'lock') found.lock ??= lockOf({ root: a, state: b, outcome: c, made: d, owner: e }, now)
    if (kind === 'boot') found.boot.push(a)
    if (kind === 'staged') found.staged.push(a)
    if (kind === 'change')
      found.folders.push({
        root: a,
        name: b,
        state: stateOf(c),
        outcome: d || null,
        kib: Number(e) || 0,
        title: words[5] ?? '',
      })
  }
  return found
}

function lockOf(
  said: { root: string; state: string; outcome: string; made: string; owner: string },
  now: { boot: string; epoch: number },
): HostLock {
  const [folder = '', boot = '', since = ''] = said.owner.split(' ')
  const holder = /^\d+$/.test(since) ? holderOf(folder) : null
  const then = holder ? Number(since) : said.made === '' ? Number.NaN : Number(said.made)
  const ageS = now.epoch - then
  return {
    root: said.root,
    owner: said.owner,
    holder,
    state: stateOf(said.state),
    outcome: said.outcome || null,
    ageS: Number.isFinite(ageS) ? ageS : null,
    isThisBoot: holder ? boot === now.boot : null,
  }
}

/** What a folder's name tells (`changeFolder`); null for one that Pollux did not give. */
export function holderOf(folder: string): HostLock['holder'] {
  const match = /^([a-z0-9]+)-(\d+)(-script)?$/.exec(folder)
  if (!match?.[1] || !match[2]) return null
  return { instance: match[1], changeId: Number(match[2]), byScript: match[3] !== undefined }
}

function stateOf(text: string): PlaceState {
  return placeStates.find((state) => state === text) ?? 'gone'
}

/** Whose lock it is, since when, and whether its change still works: one or two sentences. */
export function lockSentence(lock: HostLock, ownInstance: string): string {
  const age = lock.ageS === null || lock.ageS < 0 ? '' : ` ${ageWords(lock.ageS)} ago`
  const boot = lock.isThisBoot === null ? '' : lock.isThisBoot ? ', in this boot' : ', before the host booted last'
  const end = lock.outcome ? ` (${lock.outcome})` : ''
  return `Locked${age}${whose(lock, ownInstance)}${boot}. ${stateSentences[lock.state]}${end}.`
}

function whose({ holder, owner }: HostLock, ownInstance: string): string {
  if (!holder) return owner ? ` by ‘${owner}’, which no Pollux writes` : ''
  const change = ` by change #${holder.changeId}${holder.byScript ? ' (its script)' : ''}`
  return holder.instance === ownInstance
    ? `${change} of this Pollux`
    : `${change} of another Pollux (${holder.instance})`
}

function ageWords(seconds: number): string {
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`
}

const stateSentences: Readonly<Record<PlaceState, string>> = {
  armed: 'Its change is under way on the host',
  confirmed: 'Its change is under way on the host: confirmed, not closed yet',
  reverting: 'Its change is being taken back on the host',
  uploading: 'Its change is being brought to the host now',
  uploaded: 'Its change was brought to the host and never started',
  ended: 'Its change has ended on the host, the lock is stale',
  gone: 'Nothing of its change is on the host, the lock is stale',
  'no-owner': 'What it should say of its owner is empty or cut off',
}
