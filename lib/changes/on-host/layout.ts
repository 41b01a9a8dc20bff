import { AppError } from '@/lib/errors'

/** Where Pollux keeps its state on a host, the first that is there, writable and persistent (rule 12). */
export const stateRoots = ['/var/lib/pollux', '/c/.pollux'] as const

/** The name of a change's folder on a host: the installation and the change's number. */
export function changeFolder(instance: string, changeId: number): string {
  if (!/^[a-z0-9]{8,32}$/.test(instance)) throw new AppError('internal', `expected an instance id, got '${instance}'`)
  return `${instance}-${changeId}`
}

/** The name of a staged sibling: a leading dot and no suffix that any daemon's include glob reads (rule 9). */
export function stagedName(folder: string, index: number, what: 'new' | 'old'): string {
  return `.pollux-${folder}-${index}.${what}`
}

/** The folder and the last part of an absolute path. */
export function splitPath(path: string): { folder: string; name: string } {
  const at = path.lastIndexOf('/')
  if (at < 0 || !path.startsWith('/') || path.endsWith('/'))
    throw new AppError('invalid', `expected an absolute path of a file, got '${path}'`)
  return { folder: path.slice(0, at) || '/', name: path.slice(at + 1) }
}

/**
 * The mark that an upload was given up: one that is still on its way then ends itself. It lies with the changes' folders,
 * is hidden, and goes as they do after 30 days. A change that was withdrawn is never brought again.
 */
export function withdrawnMark({ root, folder }: { root: string; folder: string }): string {
  return `${root}/changes/.withdrawn-${folder}`
}

/**
 * Says who takes the lock, from before he takes it until he gives it up. A file's name is on the disk before a folder that
 * was made after it, its bytes are not: so a lock whose owner file a power cut left empty is still known for whose it is.
 */
export function takingFile({ root, folder }: { root: string; folder: string }): string {
  return `${root}/changes/.taking-${folder}`
}
