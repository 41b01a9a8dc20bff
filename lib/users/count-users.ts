import { read } from '@/lib/db'

/** How many users there are. Asked in front of the door, so it tells nothing else. */
export function countUsers(): Promise<number> {
  return read((tx) => tx.user.count())
}
