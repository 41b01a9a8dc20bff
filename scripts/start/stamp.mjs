// What was made from what: a stamp file keeps the hash of the sources, so that only what is stale is made again.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The hash of files and folders (by path and content); what does not exist counts as absent. `skip` leaves out paths. */
export function hashOf(paths, skip = () => false) {
  const hash = createHash('sha256')
  for (const path of paths) addTo(hash, path, skip)
  return hash.digest('hex')
}

function addTo(hash, path, skip) {
  if (skip(path)) return
  const entries = listFolder(path)
  if (entries) for (const name of entries) addTo(hash, join(path, name), skip)
  else
    hash
      .update(`${path}\0`)
      .update(readIfThere(path) ?? '\0absent')
      .update('\0')
}

/** Whether the stamp says that it was made from exactly this. */
export function isFresh(stampFile, made) {
  return readIfThere(stampFile)?.toString('utf8') === serialize(made)
}

/** Writes the stamp; call it last, when all that it vouches for is there. */
export function writeStamp(stampFile, made) {
  writeFileSync(stampFile, serialize(made))
}

function serialize(made) {
  return `${JSON.stringify(made, null, 2)}\n`
}

function listFolder(path) {
  try {
    return readdirSync(path).sort()
  } catch (error) {
    if (error.code === 'ENOTDIR' || error.code === 'ENOENT') return null
    throw error
  }
}

function readIfThere(path) {
  try {
    return readFileSync(path)
  } catch (error) {
    if (error.code === 'ENOENT') return null
    throw error
  }
}
