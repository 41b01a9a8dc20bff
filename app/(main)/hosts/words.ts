import type { HostKind } from '@/lib/inventory/fields'

export const kindWords: Readonly<Record<HostKind, string>> = { server: 'server', nas: 'NAS', vm: 'VM' }

/** The filter of a list by state, in the words that the states themselves have. */
export const stateFilters = [
  { value: 'bad', label: 'Hurts now' },
  { value: 'warn', label: 'Will hurt' },
  { value: 'ask', label: 'Waits for a decision' },
  { value: 'unknown', label: 'Not known' },
  { value: 'ok', label: 'Fine' },
] as const

export const privilegeWords = { root: 'is root', sudo: 'everything, by sudo', none: 'no root' } as const

/** What prints a host's own keys, for comparing at its console. */
export function printCommand(algorithm: string): string {
  const file = algorithm.startsWith('ecdsa') ? 'ecdsa' : algorithm.replace(/^ssh-/, '').replace(/^dss$/, 'dsa')
  return `ssh-keygen -lf /etc/ssh/ssh_host_${file}_key.pub`
}
