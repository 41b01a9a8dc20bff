import type { ConfigFiles } from '@/lib/agent/config-file'
import { exchanges } from './exchange'

/** A pair as Pollux's own files on a host tell it. */
export interface KeptPair {
  tag: string
  label: string
  /** The outer addresses of this host and of the other. */
  own: string
  peer: string
}

const FILE = /^pollux-([a-z][a-z0-9]*)-([a-z0-9-]+)\.conf$/

/** Every pair of every mesh that stands in a daemon's files as Pollux wrote them. */
export function keptPairs(files: ConfigFiles): KeptPair[] {
  return Object.entries(files).flatMap(([path, file]) => {
    const exchange = exchanges.find(({ connections }) => path.startsWith(`${connections}/pollux-`))
    if (file.state !== 'there' || !exchange) return []
    const [, tag = '', label = ''] = FILE.exec(path.slice(exchange.connections.length + 1)) ?? []
    const own = exchange.ends.own.exec(file.bytes)?.[1]
    const peer = exchange.ends.peer.exec(file.bytes)?.[1]
    return tag === '' || own === undefined || peer === undefined ? [] : [{ tag, label, own, peer }]
  })
}
