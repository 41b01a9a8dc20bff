import { z } from 'zod'
import { defineProbe, type Found, type RawReadings } from '@/lib/agent'
import { found, textsOf, whyNot } from './found'

/** Where each program is that the host has, of those that Pollux knows a use for. */
export const toolsSchema = z.record(z.string(), z.string())
export type ToolsFacts = z.infer<typeof toolsSchema>

/** What the ladders of the agents ask for first. */
const names = [
  'apt-get',
  'bconsole',
  'busybox',
  'docker',
  'dpkg-query',
  'ip',
  'iptables',
  'libvirtd',
  'logger',
  'lsblk',
  'mariadb',
  'mysql',
  'netplan',
  'nft',
  'openssl',
  'postconf',
  'rpm',
  'sensors',
  'sha256sum',
  'smartctl',
  'ss',
  'sudo',
  'swanctl',
  'systemctl',
  'systemd-run',
  'tuned-adm',
  'udevadm',
  'virsh',
] as const

export const toolsProbe = defineProbe({
  id: 'tools',
  timeoutS: 5,
  readings: { programs: { kind: 'programs', names } },
  parse: (raw: RawReadings<'programs'>): Found<ToolsFacts> =>
    raw.programs.state === 'read' ? found(Object.fromEntries(textsOf(raw.programs))) : whyNot(raw.programs),
})
