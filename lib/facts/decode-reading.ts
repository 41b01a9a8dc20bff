import type { Found, HostDocument, NotRead, RawReading, Reading } from '@/lib/agent'
import type { BranchFrames, Datum } from './parse-frames'
import { documentMaxBytes, smallFileBytes } from './prologue'
import { branchesOf, fileMaxBytes } from './script'

/** Bytes of a command's output that are kept when the reading says nothing else. */
export const commandMaxBytes = 256 * 1024

type Branch = ReturnType<typeof branchesOf>[number]

const whyOf: Readonly<Record<string, NotRead>> = {
  absent: 'absent',
  denied: 'denied',
  late: 'timed-out',
  none: 'no-program',
  failed: 'failed',
}

/**
 * Makes one reading's value of what its branches brought. Of several branches the one that succeeded counts; without one,
 * the first that brought any text (a `df` that complains about one mount still tells the others); else why the last one
 * that existed on the host could not be read.
 */
export function decodeReading(
  reading: Reading,
  branchFrames: (turn: number) => BranchFrames | undefined,
  complaint: (turn: number) => string | undefined,
): RawReading {
  const answers = branchesOf(reading).flatMap((branch, turn) => {
    const frames = branchFrames(turn)
    return frames ? [{ frames, raw: decodeBranch(branch, frames, turn, complaint(turn)) }] : []
  })
  const succeeded = answers.find(
    ({ frames, raw }) => frames.end?.code === 0 && raw.state === 'read' && !isEmptyList(raw),
  )
  const brought = answers.find(({ raw }) => raw.state === 'read' && (raw.kind !== 'text' || raw.text !== ''))
  const read = answers.find(({ raw }) => raw.state === 'read')
  const missing = answers.filter(({ raw }) => raw.state === 'not-read')
  const telling = missing.findLast(({ raw }) => raw.state === 'not-read' && !['absent', 'no-program'].includes(raw.why))
  const answer = succeeded ?? brought ?? telling ?? read ?? missing.at(-1)
  return answer?.raw ?? notRead('cut-off', 'the answer ended before this was read')
}

/** A list without an entry is an answer, but in a ladder the next branch may know more. */
function isEmptyList(raw: RawReading): boolean {
  return raw.state === 'read' && raw.kind === 'by-path' && raw.byPath.size === 0
}

export function notRead(why: NotRead, detail: string): Extract<RawReading, { state: 'not-read' }> {
  return { state: 'not-read', why, detail }
}

function decodeBranch(branch: Branch, frames: BranchFrames, turn: number, complaint: string | undefined): RawReading {
  if (frames.end === null) return notRead('cut-off', `the answer ended while reading ${subjectOf(branch)}`)
  const why = whyOf[frames.end.why]
  if (why) return notRead(why, detailOf(branch, why, frames.end.code, complaint))
  switch (branch.kind) {
    case 'file':
    case 'command': {
      const max = branch.maxBytes ?? (branch.kind === 'file' ? fileMaxBytes : commandMaxBytes)
      const bytes = lastData(frames.data)
      const text = bytes.subarray(0, max).toString('utf8')
      return {
        state: 'read',
        kind: 'text',
        text,
        truncated: bytes.length > max,
        exitCode: frames.end.code,
        branch: turn,
        ...(frames.end.code !== 0 && complaint ? { complaint } : {}),
      }
    }
    case 'files':
      return byPath(frames.data, smallFileBytes, (text) => text)
    case 'programs':
      return byPath(frames.data, smallFileBytes, (text) => text)
    case 'links':
      return byPath(frames.data, smallFileBytes, (text) => text.replace(/\n$/, ''))
    case 'each':
      return byPath(frames.data, commandMaxBytes, (text) => text)
    case 'document':
      return decodeDocument(branch.path, frames.data)
    case 'documents':
      return decodeDocuments(frames.data)
  }
}

/** Of two tries at one file (`head`, then `dd` where there is no `head -c`) the last counts. */
function lastData(data: readonly Datum[]): Buffer {
  return data.findLast(({ mark }) => mark === 'd')?.bytes ?? Buffer.alloc(0)
}

function byPath(data: readonly Datum[], max: number, clean: (text: string) => string): RawReading {
  const found = new Map<string, string>()
  let paths: string[] = []
  let truncated = false
  for (const { mark, words, bytes } of data) {
    const text = bytes.subarray(0, max).toString('utf8')
    if (mark === 'w') truncated = true
    if (mark === 'n') paths.push(bytes.toString('utf8'))
    if (mark === 'm') {
      const lines = bytes.toString('utf8').split('\n').slice(0, -1)
      // A name with a newline in it would move the answers of all that follow.
      if (lines.length === paths.length) paths.forEach((path, at) => void found.set(path, lines[at] ?? ''))
      paths = []
    }
    if (mark === 'd') {
      truncated ||= bytes.length > max
      for (const path of paths) found.set(path, clean(text))
      paths = []
    }
    // A command that failed without a word, or a file that gave an error, has told nothing about its path.
    if (mark === 'c' && words.length > 0) dropLastEmpty(found)
  }
  return { state: 'read', kind: 'by-path', byPath: found, truncated }
}

function dropLastEmpty(found: Map<string, string>): void {
  const last = [...found.keys()].at(-1)
  if (last !== undefined && !found.get(last)) found.delete(last)
}

function decodeDocument(path: string, data: readonly Datum[]): RawReading {
  const last = (mark: string) => data.findLast((datum) => datum.mark === mark)
  const type = documentType(last('t')?.words[0])
  // A link that leads nowhere has nothing behind it whose mode could be told.
  const nothing = type === 'link' && !last('s') ? { mode: '0777', owner: 'root', group: 'root' } : null
  const owner = nothing ?? ownership(last('s')?.bytes.toString('utf8') ?? '')
  if (!type || !owner) return notRead('failed', `${path}: its mode and owner could not be read`)
  const bytes = lastData(data)
  if (bytes.length > documentMaxBytes) return notRead('cut-off', `${path} is longer than ${documentMaxBytes} bytes`)
  const target = type === 'link' ? (last('l')?.bytes.toString('utf8').replace(/\n$/, '') ?? null) : null
  return { state: 'read', kind: 'document', document: { type, target, ...owner, bytes: bytes.toString('latin1') } }
}

/** A path follows each `n` mark, then the marks of its document; a `c` mark says that it could not be read. */
function decodeDocuments(data: readonly Datum[]): RawReading {
  const found = new Map<string, Found<HostDocument>>()
  const starts = data.flatMap((datum, at) => (datum.mark === 'n' ? [at] : []))
  for (const [index, start] of starts.entries()) {
    const path = data[start]?.bytes.toString('utf8') ?? ''
    const own = data.slice(start + 1, starts[index + 1])
    const failure = own.find((datum) => datum.mark === 'c')?.words[0]
    const raw = failure ? notRead(whyOf[failure] ?? 'failed', path) : decodeDocument(path, own)
    if (raw.state === 'not-read') found.set(path, raw)
    else if (raw.kind === 'document') found.set(path, { state: 'read', value: raw.document })
  }
  return { state: 'read', kind: 'documents', byPath: found, truncated: data.some((datum) => datum.mark === 'w') }
}

function documentType(word: string | undefined): HostDocument['type'] | null {
  return word === 'file' || word === 'link' || word === 'directory' || word === 'other' ? word : null
}

/** From `stat -c %a:%U:%G`, or from `ls -ld` (POSIX) where there is no such stat. */
function ownership(line: string): Pick<HostDocument, 'mode' | 'owner' | 'group'> | null {
  const stat = /^([0-7]{1,4}):([^:]+):([^:\n]+)\n?$/.exec(line)
  if (stat) return { mode: (stat[1] ?? '').padStart(4, '0'), owner: stat[2] ?? '', group: stat[3] ?? '' }
  const listed = /^[-dlbcps]([-rwxsStT]{9})[+.@]? +\d+ +(\S+) +(\S+) +\d/.exec(line)
  if (!listed) return null
  return { mode: octal(listed[1] ?? ''), owner: listed[2] ?? '', group: listed[3] ?? '' }
}

function octal(letters: string): string {
  const triads = [letters.slice(0, 3), letters.slice(3, 6), letters.slice(6, 9)]
  const digits = triads.map((t) => (t[0] === 'r' ? 4 : 0) + (t[1] === 'w' ? 2 : 0) + (/[xst]/.test(t[2] ?? '') ? 1 : 0))
  const special = triads.map((t, at) => (/[sStT]/.test(t[2] ?? '') ? 4 >> at : 0)).reduce((sum, bit) => sum + bit, 0)
  return `${special}${digits.join('')}`
}

/** What a branch reads, in words for a person. */
export function subjectOf(branch: Branch): string {
  switch (branch.kind) {
    case 'file':
    case 'document':
      return branch.path
    case 'files':
    case 'documents':
    case 'links':
    case 'each':
      return branch.globs.join(', ')
    case 'programs':
      return 'the list of programs'
    case 'command':
      return branch.argv.join(' ')
  }
}

function detailOf(branch: Branch, why: NotRead, code: number, complaint: string | undefined): string {
  const subject = subjectOf(branch)
  switch (why) {
    case 'absent':
      return `${subject} is not there`
    case 'denied':
      return `the login may not read ${subject}`
    case 'timed-out':
      return `${subject} gave no answer in time and was ended`
    case 'no-program':
      return `${branch.kind === 'command' ? branch.argv[0] : subject} is not installed`
    default:
      if (branch.kind === 'file' && code === 0) return `${subject} is not a regular file`
      return `${subject} failed${code > 0 ? ` (exit ${code})` : ''}${complaint ? `: ${complaint}` : ''}`
  }
}
