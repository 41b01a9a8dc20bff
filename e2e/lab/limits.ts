import { readFileSync, writeFileSync } from 'node:fs'

/** A limit of the kernel's that the machine's hosts need higher. */
interface Limit {
  file: string
  needed: number
  /** What takes so much, as the subject of a sentence. */
  who: string
  /** What the limit counts. */
  what: string
}

const inotify = '/proc/sys/fs/inotify/max_user_instances'
/** What systemd, D-Bus and the programs of tests hold on one host at most. */
const instancesPerHost = 12

const mappings = '/proc/sys/vm/max_map_count'
const pagesPerMib = 256

/**
 * Lets so many hosts watch files at once. The kernel counts inotify instances for a user, over all namespaces
 * (inotify(7)), and gives out 128: from some twenty hosts on "Too many open files" ends a boot half way.
 */
export function allowWatches(hosts: number, say: (line: string) => void): void {
  const needed = hosts * instancesPerHost
  raise({ file: inotify, needed, who: `${hosts} hosts take`, what: 'inotify instances' }, say)
}

/**
 * Lets a guest of so many MiB give all of its memory to one program. User-mode Linux maps that page by page, and the kernel
 * gives a process 65,530 mappings (vm.max_map_count): beyond 256 MB the program is lost.
 */
export function allowMappings(guestMib: number, say: (line: string) => void): void {
  const needed = guestMib * pagesPerMib
  raise({ file: mappings, needed, who: `A program of a guest with ${guestMib} MiB takes`, what: 'mappings' }, say)
}

/** The limit stays raised until the machine boots. Where it cannot be moved, that is told. */
function raise({ file, needed, who, what }: Limit, say: (line: string) => void): void {
  const given = Number(readFileSync(file, 'utf8'))
  if (given >= needed) return
  try {
    writeFileSync(file, `${needed}\n`)
  } catch {
    say(`${who} up to ${needed} ${what}; ${file} gives ${given} and could not be raised.`)
  }
}
