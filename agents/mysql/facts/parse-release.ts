import type { Release } from './host-facts'

/**
 * The release by the texts of /etc/os-release (os-release(5)) and /etc/debian_version, by their paths. Before Debian 7 there
 * is only the second, which says "4.0" or "6.0.10".
 */
export function parseRelease(texts: ReadonlyMap<string, string>): Release | null {
  const told = texts.get('/etc/os-release')
  const number = texts.get('/etc/debian_version')?.trim() ?? ''
  if (told === undefined) return /^\d/.test(number) ? { id: 'debian', version: number, codename: null } : null
  const of = (name: string) => new RegExp(`^${name}=(["']?)([\\w.~+-]*)\\1$`, 'm').exec(told)?.[2] ?? ''
  return { id: of('ID'), version: of('VERSION_ID'), codename: of('VERSION_CODENAME') || null }
}
