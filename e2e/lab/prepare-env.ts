import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HostSpec } from './hosts'
import { hostKeysDir, LAB_KEY } from './keys'
import { hostDir, SETUP_DIR } from './paths'

/** What setup/prepare.sh reads from its environment. */
export function prepareEnv(spec: HostSpec, machineId: string): Record<string, string> {
  const keys = join(hostDir(spec.name), 'authorized_keys')
  mkdirSync(hostDir(spec.name), { recursive: true })
  const lines = Object.values(LAB_KEY).map((file) => readFileSync(`${file}.pub`, 'utf8'))
  writeFileSync(keys, lines.join(''))
  return {
    LAB_SETUP: SETUP_DIR,
    LAB_HOST: spec.name,
    LAB_LIKE: spec.like ?? spec.name,
    LAB_KIND: spec.kind,
    LAB_KEYS: keys,
    LAB_HOST_KEYS: hostKeysDir(spec.name),
    LAB_DEVICE: spec.links[0].device,
    LAB_ADDRESS: spec.links[0].address,
    LAB_GATEWAY: spec.gateway ?? '',
    LAB_MACHINE_ID: machineId,
    LAB_USER_NAMES: spec.users.map((user) => user.name).join(' '),
  }
}
