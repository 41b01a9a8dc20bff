import { createHash } from 'node:crypto'
import { chownSync, closeSync, createReadStream, fsyncSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Brings a file, or the names in a folder, onto the disk. */
export function syncPath(path: string): void {
  const fd = openSync(path, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Writes a new file that only its owner reads, onto the disk. Throws when it is there. */
export function writeNew(file: string, content: string): void {
  const fd = openSync(file, 'wx', 0o600)
  try {
    writeSync(fd, content)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Puts a file or folder in its place, so that it is there whole or not at all, also after a power cut. */
export function moveInto(from: string, to: string): void {
  renameSync(from, to)
  syncPath(dirname(to))
}

/** Gives what root made in somebody's folder to that folder's owner, who has to work with it. */
export function giveToOwner(path: string): void {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(dirname(path))
  chownSync(path, uid, gid)
}

/** The size of a file and its SHA-256 in hex. */
export async function sumOf(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest('hex') }
}
