import type { ConfigFiles } from '@/lib/agent/config-file'
import { SWANCTL_CONF } from '../paths'

/** A pair as Pollux's own files on a host tell it. */
export interface KeptPair {
  tag: string
  label: string
  /** The outer addresses of this host and of the other. */
  own: string
  peer: string
}

const FILE = /^pollux-([a-z][a-z0-9]*)-([a-z0-9-]+)\.conf$/

/** Every pair of every mesh that stands in swanctl's files as Pollux wrote them. */
export function keptPairs(files: ConfigFiles): KeptPair[] {
  return Object.entries(files).flatMap(([path, file]) => {
    if (file.state !== 'there' || !path.startsWith(`${SWANCTL_CONF}/`)) return []
    const [, tag = '', label = ''] = FILE.exec(path.slice(SWANCTL_CONF.length + 1)) ?? []
    const own = settingOf(file.bytes, 'local_addrs')
    const peer = settingOf(file.bytes, 'remote_addrs')
    return tag === '' || own === null || peer === null ? [] : [{ tag, label, own, peer }]
  })
}

function settingOf(bytes: string, key: string): string | null {
  return new RegExp(`^\\s*${key} = ([0-9.]+)$`, 'm').exec(bytes)?.[1] ?? null
}
