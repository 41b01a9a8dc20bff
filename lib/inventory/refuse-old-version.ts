import { AppError } from '@/lib/errors'

/** Throws `conflict` when the host was edited after the form was filled: the other's edit is not overwritten unseen. */
export function refuseOldVersion(host: { name: string; version: number }, version: number): void {
  if (host.version === version) return
  throw new AppError('conflict', `expected version ${version} of ${host.name}, got ${host.version}`, {
    userMessage: `${host.name} was edited by somebody else while this form was open. Load the page again to see it; what you typed is kept.`,
  })
}
