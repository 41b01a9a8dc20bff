import { defineProbe, type RawReadings } from '@/lib/agent'
import type { SchedulerFacts } from './facts'
import { parseFacts } from './parse-facts'
import { RULE_FILE } from './udev-rules'

const SYSFS_ATTRIBUTES = [
  'dev',
  'size',
  'removable',
  'serial',
  'wwid',
  'dm/name',
  'dm/uuid',
  'md/level',
  'device/model',
  'device/vendor',
  'device/serial',
  'device/wwid',
  'device/type',
  'queue/scheduler',
  'queue/rotational',
  'queue/nr_requests',
  'queue/zoned',
  'queue/logical_block_size',
  '*/start',
]

export const RULES_FOLDER = '/etc/udev/rules.d'

/** Everything the scheduler agent asks of a host: two forks for udev, the rest are globs of small files. */
const readings = {
  attrs: {
    kind: 'files',
    globs: [...SYSFS_ATTRIBUTES.map((name) => `/sys/block/*/${name}`), '/sys/class/scsi_host/*/proc_name'],
  },
  links: {
    kind: 'links',
    globs: [
      '/sys/block/*',
      '/sys/block/*/device',
      '/sys/block/*/holders/*',
      '/sys/block/*/slaves/*',
      '/sys/block/*/*/holders/*',
      '/dev/disk/by-id/*',
      '/dev/disk/by-uuid/*',
      '/dev/mapper/*',
      '/dev/root',
      '/etc/rc[2345].d/S*local',
      '/etc/rc.d/rc[2345].d/S*local',
    ],
  },
  system: {
    kind: 'files',
    globs: [
      '/proc/cmdline',
      '/proc/swaps',
      '/proc/sys/kernel/osrelease',
      '/proc/1/stat',
      '/proc/1/cgroup',
      '/run/systemd/container',
      '/run/.containerenv',
      '/.dockerenv',
    ],
  },
  mounts: { kind: 'file', path: '/proc/mounts', maxBytes: 262_144 },
  // The udev database: what a rule can match on, without one fork per disk. The second is where it was before udev 174.
  udevDb: { kind: 'files', globs: ['/run/udev/data/b*', '/dev/.udev/db/block:*'] },
  settings: {
    kind: 'files',
    globs: [
      '/etc/udev/rules.d/*.rules',
      '/run/udev/rules.d/*.rules',
      '/usr/lib/udev/rules.d/*sched*.rules',
      '/lib/udev/rules.d/*sched*.rules',
      '/etc/tmpfiles.d/*.conf',
      '/etc/sysfs.conf',
      '/etc/sysfs.d/*.conf',
      '/etc/tuned/active_profile',
      '/etc/tuned/*/tuned.conf',
      '/etc/tuned/profiles/*/tuned.conf',
      '/usr/lib/tuned/*/tuned.conf',
      '/usr/lib/tuned/profiles/*/tuned.conf',
    ],
  },
  tlp: { kind: 'file', path: '/etc/tlp.conf' },
  rulesFolder: { kind: 'document', path: RULES_FOLDER },
  ruleFile: { kind: 'document', path: RULE_FILE },
  rcLocal: { kind: 'document', path: '/etc/rc.local' },
  rcLocalRedHat: { kind: 'document', path: '/etc/rc.d/rc.local' },
  programs: { kind: 'programs', names: ['udevadm', 'udevcontrol'] },
  udevVersion: { kind: 'command', argv: ['udevadm', '--version'] },
  udevState: { kind: 'command', argv: ['systemctl', 'is-active', 'systemd-udevd.service'] },
} as const

export type SchedulerReadings = RawReadings<keyof typeof readings>

export const schedulerProbe = defineProbe<'scheduler', SchedulerFacts, keyof typeof readings>({
  id: 'scheduler',
  timeoutS: 20,
  readings,
  parse: parseFacts,
})
