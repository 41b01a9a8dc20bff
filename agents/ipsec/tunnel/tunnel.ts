import type { IpsecFacts } from '../facts/facts'
import type { Side } from '../mesh/pair'

/** An ip-ip tunnel as it stands or shall stand. */
export interface Tunnel {
  name: string
  /** Null: any. */
  local: string | null
  remote: string | null
  mtu: number
  isUp: boolean
  /** IPv4 as the programs take them, sorted: "10.9.0.1@10.9.0.2/32" with the other end, "10.9.0.1/24" without. */
  addresses: readonly string[]
}

/** Every ip-ip tunnel of the host by its name, with the addresses of its device. */
export function tunnelsOf({ tunnels, devices }: Pick<IpsecFacts, 'tunnels' | 'devices'>): Map<string, Tunnel> {
  const addresses = new Map(devices.map((device) => [device.name, device.addresses]))
  return new Map(
    tunnels.map((tunnel) => {
      const texts = (addresses.get(tunnel.name) ?? [])
        .filter(({ family }) => family === 4)
        .map(({ host, peer, prefix }) => (peer === null ? `${host}/${prefix}` : `${host}@${peer}/${prefix}`))
      return [tunnel.name, { ...tunnel, addresses: texts.toSorted() }]
    }),
  )
}

/**
 * The tunnel to one peer. What somebody put on the device beside it stays, unless it has another end: a tunnel has one peer.
 */
export function wantedTunnel({ name, mtu, own, peer }: Side, now: Tunnel | null): Tunnel {
  const others = now?.addresses.filter((address) => !address.includes('@')) ?? []
  const addresses = [`${own.inner}@${peer.inner}/32`, ...others].toSorted()
  return { name, local: own.outer, remote: peer.outer, mtu, isUp: true, addresses }
}

/** Whether nothing is left to do. */
export function isSameTunnel(one: Tunnel, other: Tunnel): boolean {
  return wordsOf(one).join(' ') === wordsOf(other).join(' ')
}

/** How many words tell a tunnel to the programs. */
export const WORDS = 6

/** A tunnel in its words for the programs: name, local, remote, MTU, up or down, addresses. */
export function wordsOf({ name, local, remote, mtu, isUp, addresses }: Tunnel): string[] {
  const list = addresses.length === 0 ? '-' : addresses.join(',')
  return [name, local ?? 'any', remote ?? 'any', `${mtu}`, isUp ? 'up' : 'down', list]
}

/** The same for one that shall not be there. */
export function absentWords(name: string): string[] {
  return [name, '-', '-', '-', '-', '-']
}

/** What words of these two say: each name with its tunnel, or null for none. */
export function tunnelsInWords(words: readonly string[]): { name: string; tunnel: Tunnel | null }[] {
  const rows = Array.from({ length: Math.floor(words.length / WORDS) }, (_, at) =>
    words.slice(at * WORDS, (at + 1) * WORDS),
  )
  return rows.map(([name = '', local = '', remote = '', mtu = '', state = '', list = '']) => {
    if (local === '-') return { name, tunnel: null }
    const end = (text: string) => (text === 'any' ? null : text)
    const addresses = list === '-' ? [] : list.split(',')
    const ends = { local: end(local), remote: end(remote) }
    return { name, tunnel: { name, ...ends, mtu: Number(mtu), isUp: state === 'up', addresses } }
  })
}
