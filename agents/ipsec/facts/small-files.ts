import type { ConfigFile, ConfigFiles } from '@/lib/agent/config-file'

/** What `files` reads of each file; a text of this length may go on. */
const SMALL_FILE = 4096

/** What `ls -l` says of one file. */
interface Listed {
  type: 'file' | 'link' | 'other'
  mode: string
  owner: string
  group: string
}

const LINE = /^([-lbcdps])([-rwxsStT]{9})[.+@]? +\d+ (\S+) +(\S+) +\d+(?:, +\d+)? \w{3} +\d+ +[\d:]+ (.+)$/

/** The folders that `ls -l FOLDER…` went through, each with its files. One that is not there is not named. */
export function parseListing(text: string): Map<string, Map<string, Listed>> {
  const folders = new Map<string, Map<string, Listed>>()
  let files = new Map<string, Listed>()
  for (const line of text.split('\n')) {
    const folder = /^(\/.*):$/.exec(line)?.[1]
    if (folder !== undefined) {
      files = new Map()
      folders.set(folder, files)
      continue
    }
    const [, kind = '', rights = '', owner = '', group = '', name = ''] = LINE.exec(line) ?? []
    if (kind === 'l') files.set(name.replace(/ -> .*$/, ''), { type: 'link', mode: '0777', owner, group })
    else if (name) files.set(name, { type: kind === '-' ? 'file' : 'other', mode: octal(rights), owner, group })
  }
  return folders
}

/** Small files that came as text, with what the listing says of them, as exactly as documents. */
export function smallFiles(
  texts: ReadonlyMap<string, string>,
  folders: ReadonlyMap<string, ReadonlyMap<string, Listed>>,
): ConfigFiles {
  const found = [...texts].map(([path, text]): [string, ConfigFile] => {
    const slash = path.lastIndexOf('/')
    const listed = folders.get(path.slice(0, slash))?.get(path.slice(slash + 1))
    return [path, smallFile(text, listed)]
  })
  return Object.fromEntries(found)
}

function smallFile(text: string, listed: Listed | undefined): ConfigFile {
  if (!listed) return { state: 'unread', why: 'its mode and owner were not told' }
  // A byte that is no UTF-8 came back as U+FFFD, and cannot be told any more.
  if (text.includes('\uFFFD')) return { state: 'unread', why: 'it is no UTF-8 text' }
  const bytes = Buffer.from(text, 'utf8')
  if (bytes.length >= SMALL_FILE) return { state: 'unread', why: `it is longer than ${SMALL_FILE} bytes` }
  return { state: 'there', ...listed, bytes: bytes.toString('latin1') }
}

/** "0644" of "rw-r--r--"; chmod(1) says where s, S, t and T stand. */
function octal(rights: string): string {
  const digit = (three: string) =>
    (three[0] === 'r' ? 4 : 0) + (three[1] === 'w' ? 2 : 0) + (/[xst]/.test(three[2] ?? '') ? 1 : 0)
  const special = (at: number, bit: number) => (/[sStT]/.test(rights[at] ?? '') ? bit : 0)
  const parts = [rights.slice(0, 3), rights.slice(3, 6), rights.slice(6)]
  return [special(2, 4) + special(5, 2) + special(8, 1), ...parts.map(digit)].join('')
}
