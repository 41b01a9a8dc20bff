import { createHash } from 'node:crypto'
import type { Step } from '@/lib/agent'
import { shellQuote } from '@/lib/ssh/quote'
import { masked } from '../mask'
import { bootScript } from './boot-script'
import { commonScript } from './common-script'
import { printBytes } from './encode'
import { guardScript } from './guard-script'
import { type HostWork, stepsOf } from './host-work'
import { splitPath, stagedName, takingFile, withdrawnMark } from './layout'
import { runScript, stagedSiblings, stepsScript, tidyCommand, undoScript } from './supervisor-script'

/** How the upload ended, by its exit code. */
export const uploadExit = {
  ready: 0,
  locked: 71,
  stale: 72,
  noRoom: 73,
  damaged: 74,
  noPlace: 75,
  noProgram: 76,
} as const

const endings = ['applied', 'applied-unverified', 'reverted', 'foreign-edit-kept', 'undo-failed']

/**
 * One script that brings the whole phase to the host and proves that it arrived: lock, staged files, copies, undo,
 * supervisor, ballast; synced, before the first write to anything that is managed. It is one function called on its
 * last line, so that a connection cut in its middle runs nothing. Its exit codes are `uploadExit`.
 */
export function uploadScript(work: HostWork): string {
  return `upload() {
${commonScript(work.directory, work.root, work.sys)}
${bringScript(work, filesOf(work))}
printf 'ready\\n'
}
upload
`
}

/** One file of a change's folder on the host. */
export interface BroughtFile {
  name: string
  /** The command that prints it. */
  print: string
  /** What must have arrived, latin1; null where only the host can tell. */
  bytes: string | null
}

/** Locks the host, lays out the change's folder, checks what arrived and stages it. Its exit codes are `uploadExit`. */
export function bringScript(work: HostWork, files: readonly BroughtFile[]): string {
  return `give_up() { code=$1; shift; printf '%s\\n' "$*"; tidy_upload; exit "$code"; }
tidy_upload() { ${tidyCommand(work)}; rm -rf "$D"; unlock || :; }
[ -d "$ROOT/changes" ] || { mkdir -p "$ROOT/changes" 2>/dev/null && chmod 700 "$ROOT"; } || { printf '%s\\n' "$ROOT cannot be made"; exit ${uploadExit.noPlace}; }
find "$ROOT/changes" -mindepth 1 -maxdepth 1 -mtime +30 -exec rm -rf {} \\; 2>/dev/null
# What was taken back has nothing left to undo, and its journal was read before a next change could be approved.
for old in "$ROOT/changes/${work.folder.split('-')[0]}"-*/state/end.reverted; do
  [ ! -e "$old" ] || rm -rf "\${old%/state/end.reverted}"
done
born_self
TAKING=${shellQuote(takingFile(work))}
OWNER="${work.folder} $BOOT_ID $(date +%s) $$ $BORN"
no_lock() { rm -f "$TAKING"; printf 'no room for the lock\\n'; exit ${uploadExit.noRoom}; }
put_line "$OWNER" > "$TAKING" || no_lock
if ! mkdir "$ROOT/lock" 2>/dev/null; then
  [ -d "$ROOT/lock" ] || no_lock
  rm -f "$TAKING"
  cat "$ROOT/lock/owner" 2>/dev/null; exit ${uploadExit.locked}
fi
put_line "$OWNER" > "$ROOT/lock/owner" || { rm -rf "$ROOT/lock"; no_lock; }
[ ! -e ${shellQuote(withdrawnMark(work))} ] || give_up ${uploadExit.noPlace} 'it was withdrawn before it came'
[ ! -e "$D" ] || rm -rf "$D"
mkdir "$D" "$D/new" "$D/old" "$D/exp" "$D/in" "$D/pend" "$D/state" || give_up ${uploadExit.noRoom} 'no room for the folder'
{
${files.map(({ name, print }) => `{ ${print}; } > "$D/${name}"`).join(' &&\n')}
} || give_up ${uploadExit.noRoom} 'no room for the files of the change'
touch "$D/journal" "$D/out" "$D/pid" "$D/pid.new" ${marks(work)} || give_up ${uploadExit.noRoom} 'no room for the journal'
dd if=/dev/zero of="$D/ballast" bs=1024 count=64 2>/dev/null || give_up ${uploadExit.noRoom} 'no room for the journal'
${keepRoom(work)}${checksums(files, work.directory)}
${programsCheck(work)}
${stepsOf(work)
  .map((step, at) => stage(step, at + 1, work.folder))
  .join('')}
# Each file by its name: syncing a folder brings its entries to the disk, not what stands in them.
flush "$D"/* "$D"/*/* "$D" "$ROOT/lock/owner" "$ROOT/lock" "$ROOT/changes" "$ROOT" ${flushedPaths(work)}`
}

/** What an undo runs must find room to work in, also on a disk that is full by then. */
function keepRoom(work: HostWork): string {
  const kib = Math.max(0, ...stepsOf(work).map((step) => (step.kind === 'run' ? (step.undoRoomKib ?? 0) : 0)))
  if (kib === 0) return ''
  const blocks = Math.ceil(kib / 64)
  return `dd if=/dev/zero of="$D/room" bs=65536 count=${blocks} 2>/dev/null || give_up ${uploadExit.noRoom} 'no room for the undo to work in'\n`
}

function filesOf(work: HostWork): BroughtFile[] {
  const own = [
    { name: 'common', bytes: asBytes(commonScript(work.directory, work.root, work.sys)) },
    { name: 'steps', bytes: asBytes(stepsScript(work)) },
    { name: 'run', bytes: asBytes(runScript(work)) },
    { name: 'undo', bytes: asBytes(undoScript(work)) },
    { name: 'guard', bytes: asBytes(guardScript(work)) },
  ]
  return [...own, ...sharedFiles(work)].map((file) => ({ ...file, print: printBytes(file.bytes) }))
}

/** The files of a change's folder that are not scripts of its own, with their bytes (latin1). */
export function sharedFiles(work: HostWork): { name: string; bytes: string }[] {
  const files = [
    { name: 'title', bytes: asBytes(`#${work.changeId} ${work.title}\n`) },
    { name: 'boot', bytes: asBytes(bootScript(work.root)) },
    {
      name: 'staged',
      bytes: asBytes(
        stagedSiblings(work)
          .map((path) => `${path}\n`)
          .join(''),
      ),
    },
  ]
  const mask = maskSed(work.secrets)
  if (mask !== '') files.push({ name: 'mask', bytes: mask })
  if (work.supersedes !== null) files.push({ name: 'supersedes', bytes: `${work.supersedes}\n` })
  stepsOf(work).forEach((step, at) => {
    const n = at + 1
    if (step.kind === 'file') {
      if (step.before) files.push({ name: `exp/${n}`, bytes: step.before.bytes })
      if (step.after) files.push({ name: `new/${n}`, bytes: step.after.bytes })
    }
    if (step.kind === 'run') {
      if (step.input !== undefined) files.push({ name: `in/${n}`, bytes: asBytes(step.input) })
      if ('run' in step.undo && step.undo.input !== undefined)
        files.push({ name: `in/${n}.undo`, bytes: asBytes(step.undo.input) })
    }
  })
  const forgotten = (work.forgets ?? []).map(asBytes)
  const holds = files.filter(
    ({ name, bytes }) =>
      name === 'mask' || (name.startsWith('in/') && forgotten.some((secret) => bytes.includes(secret))),
  )
  if (forgotten.length > 0) files.push({ name: 'forgets', bytes: holds.map(({ name }) => `${name}\n`).join('') })
  return files
}

/** What sed replaces each secret's lines by; every character that a basic expression takes for itself is quoted (sed(1)). */
function maskSed(secrets: readonly string[]): string {
  const lines = secrets.flatMap((secret) => secret.split('\n')).filter((line) => line !== '')
  const longestFirst = [...new Set(lines)].toSorted((a, b) => b.length - a.length)
  return longestFirst.map((line) => asBytes(`s/${line.replace(/[\\/.*[\]^$]/g, '\\$&')}/${masked}/g\n`)).join('')
}

function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

function marks(work: HostWork): string {
  const names = [
    ...stepsOf(work).flatMap((_, at) => [`${at + 1}.started`, `${at + 1}.done`]),
    ...work.phases.flatMap((_, at) => [`phase.${at + 1}`, `go.${at + 1}`]),
    ...['armed', 'cancel', 'reverting', 'confirmed', 'unknown', 'proved', 'stands', 'resumed'],
    ...endings.map((e) => `end.${e}`),
  ]
  return names.map((name) => `"$D/pend/${name}"`).join(' ')
}

/** Hash-check of what arrived: SHA-256 where the host can, else sizes (the transport has its own integrity check). */
function checksums(files: readonly BroughtFile[], directory: string): string {
  const sums = files.flatMap(({ name, bytes }) => {
    if (bytes === null) return []
    const sum = createHash('sha256').update(Buffer.from(bytes, 'latin1')).digest('hex')
    return [{ name, sum, size: bytes.length }]
  })
  return `if command -v sha256sum >/dev/null 2>&1; then
  { ${printBytes(sums.map(({ name, sum }) => `${sum}  ${directory}/${name}\n`).join(''))}; } | sha256sum -c >/dev/null 2>&1 || give_up ${uploadExit.damaged} 'the files did not arrive as they were sent'
else
  have=$(cd "$D" && for f in ${sums.map(({ name }) => name).join(' ')}; do wc -c < "$f" | tr -d ' '; done | tr '\\n' ' ')
  [ "$have" = '${sums.map(({ size }) => `${size} `).join('')}' ] || give_up ${uploadExit.damaged} 'the files did not arrive as they were sent'
fi`
}

/**
 * The managed files as they were (who wrote one a moment ago need not have synced it, and it is what the undo expects),
 * what was staged beside them, and the folders that it lies in.
 */
function flushedPaths(work: HostWork): string {
  const paths = stepsOf(work).flatMap((step, at) => {
    if (step.kind !== 'file') return []
    const { folder } = splitPath(step.path)
    const staged = (what: 'new' | 'old') => `${folder}/${stagedName(work.folder, at + 1, what)}`
    return [...(step.after ? [staged('new')] : []), ...(step.before ? [step.path, staged('old')] : []), folder]
  })
  return [...new Set(paths)].map(shellQuote).join(' ')
}

/** What the undo runs is looked up before anything is armed (rule 3). */
function programsCheck(work: HostWork): string {
  const programs = new Set(stepsOf(work).flatMap(undoPrograms))
  if (programs.size === 0) return ':'
  return `for program in ${[...programs].map(shellQuote).join(' ')}; do
  command -v "$program" >/dev/null 2>&1 || give_up ${uploadExit.noProgram} "$program, which would be needed to take the change back, is not there"
done`
}

function undoPrograms(step: Step): string[] {
  if ('irreversible' in step.undo) return []
  if (step.kind === 'address') return ['ip']
  if (step.kind === 'install') return ['dpkg']
  const activate = step.kind === 'file' && step.activate ? [step.activate.run[0]] : []
  const run = 'run' in step.undo ? [step.undo.run[0]] : []
  const cleanUp = step.kind === 'job' ? [step.cleanUp[0]] : []
  return [...activate, ...run, ...cleanUp]
}

/** Checks that a file is still as planned, copies it twice (beside itself and for the undo by hand), stages the new one. */
function stage(step: Step, n: number, folder: string): string {
  if (step.kind !== 'file') return ''
  const at = splitPath(step.path)
  const path = shellQuote(step.path)
  const staged = shellQuote(`${at.folder}/${stagedName(folder, n, 'new')}`)
  const copy = shellQuote(`${at.folder}/${stagedName(folder, n, 'old')}`)
  const changed = `give_up ${uploadExit.stale} ${shellQuote(`${step.path} is no longer as the plan found it`)}`
  const noRoom = `give_up ${uploadExit.noRoom} ${shellQuote(`no room beside ${step.path}, or its folder cannot be written`)}`
  const lines = [
    ...(step.makesFolder
      ? [
          `[ -d ${shellQuote(at.folder)} ] || { mkdir ${shellQuote(at.folder)} && chmod 755 ${shellQuote(at.folder)}; } || ${noRoom}`,
        ]
      : []),
    step.before === null
      ? `is_gone ${path} || ${changed}`
      : `is_file ${path} "$D/exp/${n}" || ${changed}
{ cp -a ${path} "$D/old/${n}" 2>/dev/null || cp -p ${path} "$D/old/${n}"; } && { cp -a ${path} ${copy} 2>/dev/null || cp -p ${path} ${copy}; } || ${noRoom}`,
  ]
  if (step.after !== null) {
    // From a copy of the old file, so that ACLs and extended attributes come along.
    const base = step.before === null ? '' : `{ cp -a ${path} ${staged} 2>/dev/null || cp -p ${path} ${staged}; } && `
    lines.push(
      `${base}cat "$D/new/${n}" > ${staged} && chown ${shellQuote(`${step.after.owner}:${step.after.group}`)} ${staged} && chmod ${step.after.mode} ${staged} || ${noRoom}`,
    )
  }
  return `${lines.join('\n')}\n`
}
