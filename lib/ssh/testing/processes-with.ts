import { readdirSync, readFileSync } from 'node:fs'

/** The pids of this machine's processes whose command line holds the word: what was ended must not be among them. */
export function processesWith(word: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(word)
    } catch {
      return false
    }
  })
}
