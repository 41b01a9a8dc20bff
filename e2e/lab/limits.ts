import { readFileSync, writeFileSync } from 'node:fs'

const file = '/proc/sys/fs/inotify/max_user_instances'
/** What systemd, D-Bus and the programs of tests hold on one host at most. */
const instancesPerHost = 12

/**
 * Lets so many hosts watch files at once. The kernel counts inotify instances for a user, over all namespaces
 * (inotify(7)), and gives out 128: from some twenty hosts on "Too many open files" ends a boot half way. The limit stays
 * raised until the machine boots. Where it cannot be moved, that is told.
 */
export function allowWatches(hosts: number, say: (line: string) => void): void {
  const needed = hosts * instancesPerHost
  const given = Number(readFileSync(file, 'utf8'))
  if (given >= needed) return
  try {
    writeFileSync(file, `${needed}\n`)
  } catch {
    say(`${hosts} hosts take up to ${needed} inotify instances; ${file} gives ${given} and could not be raised.`)
  }
}
