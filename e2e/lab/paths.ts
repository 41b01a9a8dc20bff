import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Everything the lab keeps lies below this one directory. */
export const LAB_DIR = process.env.POLLUX_LAB ?? '/var/tmp/pollux-lab'

/** The name of the lab's network namespace and of its cgroup. A second lab on one machine needs another one. */
export const LAB_NAME = process.env.POLLUX_LAB_NAME ?? 'pollux-lab'

export const SETUP_DIR = fileURLToPath(new URL('./setup', import.meta.url))
export const SOURCE_DIR = fileURLToPath(new URL('.', import.meta.url))
export const CACHE_DIR = join(LAB_DIR, 'cache')
export const KEYS_DIR = join(LAB_DIR, 'keys')
export const HOST_KEYS_DIR = join(LAB_DIR, 'host-keys')
export const HOSTS_DIR = join(LAB_DIR, 'hosts')
export const NETNS_PATH = `/run/netns/${LAB_NAME}`

/** The directory of one running host: its descriptor, its log, its mount points. */
export function hostDir(name: string): string {
  return join(HOSTS_DIR, name)
}
