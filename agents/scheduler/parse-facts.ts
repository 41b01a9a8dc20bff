import type { Found } from '@/lib/agent'
import { byPathOf, textOf } from '@/lib/agent/raw-reading'
import type { SchedulerFacts } from './facts'
import { isSysReadOnly, type MountLine, parseMounts, parseSwaps } from './parse-mounts'
import { attributeOf, documentOf } from './parse-readings'
import { parseSetters } from './parse-setters'
import { parseDevices } from './parse-sysfs'
import type { SchedulerReadings } from './probe'
import { startScripts } from './start-scripts'

/** Understands the probe's readings. Without /sys or /proc/mounts nothing can be said, so that is "not read". */
export function parseFacts(raw: SchedulerReadings): Found<SchedulerFacts> {
  if (raw.attrs.state === 'not-read') return raw.attrs
  if (raw.mounts.state === 'not-read') return raw.mounts
  if (raw.attrs.kind === 'by-path' && raw.attrs.truncated) {
    return { state: 'not-read', why: 'cut-off', detail: 'the list of block devices in /sys was longer than the limit' }
  }
  const system = byPathOf(raw.system)
  const links = byPathOf(raw.links)
  const cmdline = attributeOf(system, '/proc/cmdline') ?? ''
  const mounts = parseMounts(textOf(raw.mounts) ?? '')
  const rcLocal = documentOf(raw.rcLocal)
  const rcLocalRedHat = documentOf(raw.rcLocalRedHat)
  const udevDb = byPathOf(raw.udevDb)
  return {
    state: 'read',
    value: {
      kernel: attributeOf(system, '/proc/sys/kernel/osrelease') ?? '',
      init: initOf(system),
      container: containerOf(system, mounts),
      sysReadOnly: isSysReadOnly(mounts),
      elevator: /(?:^|\s)elevator=(\S+)/.exec(cmdline)?.[1] ?? null,
      udev: udevOf(raw, udevDb),
      rcLinks:
        raw.links.state === 'read' ? [...links.keys()].filter((path) => path.startsWith('/etc/rc')).sort() : null,
      rulesFolder: isFolder(raw),
      ruleFile: documentOf(raw.ruleFile),
      rcLocal,
      rcLocalRedHat,
      setters: parseSetters(byPathOf(raw.settings), textOf(raw.tlp), startScripts({ rcLocal, rcLocalRedHat })),
      devices: parseDevices({
        attrs: byPathOf(raw.attrs),
        links,
        udevDb,
        mounts,
        swaps: parseSwaps(system.get('/proc/swaps') ?? ''),
        cmdline,
      }),
    },
  }
}

/** The name of process 1 in /proc/1/stat, which every kernel has: "1 (systemd) S …". */
function initOf(system: ReadonlyMap<string, string>): SchedulerFacts['init'] {
  const name = /^1 \((.*)\) /.exec(attributeOf(system, '/proc/1/stat') ?? '')?.[1]
  if (name === 'systemd') return 'systemd'
  return name === 'init' ? 'sysv' : 'unknown'
}

// systemd.exec and podman write who runs the container; Docker leaves an empty file; LXC shows in the cgroups.
function containerOf(system: ReadonlyMap<string, string>, mounts: readonly MountLine[]): string | null {
  const named = attributeOf(system, '/run/systemd/container')
  if (named) return named
  if (system.has('/run/.containerenv')) return 'podman'
  // A virtual machine made of an image has the file too, but a root and a /sys of its own.
  const isOverlay = mounts.findLast((mount) => mount.at === '/')?.type === 'overlay'
  if (system.has('/.dockerenv') && (isOverlay || isSysReadOnly(mounts))) return 'docker'
  return /\/(docker|lxc|kubepods)[/-]/.exec(system.get('/proc/1/cgroup') ?? '')?.[1] ?? null
}

function udevOf(raw: SchedulerReadings, udevDb: ReadonlyMap<string, string>): SchedulerFacts['udev'] {
  const programs = byPathOrNames(raw)
  const tool = programs.has('udevadm') ? 'udevadm' : programs.has('udevcontrol') ? 'udevcontrol' : 'none'
  const version = udevVersionOf(textOf(raw.udevVersion) ?? '')
  const state = textOf(raw.udevState)?.trim().split('\n')[0]
  // Without systemd to ask, the database is the evidence: it lies in memory, so udev has run since the boot.
  const running = state ? state === 'active' : udevDb.size > 0
  return { tool, version, running: tool !== 'none' && running }
}

/** "252 (252.39-1~deb12u2)" of systemd; eudev counts "3.2.12", and all of its releases know what systemd 204 does. */
function udevVersionOf(text: string): number | null {
  if (/^\s*[1-9]\.\d/.test(text)) return 204
  const version = /^\s*(\d{1,4})\b/.exec(text)?.[1]
  return version === undefined ? null : Number(version)
}

function byPathOrNames(raw: SchedulerReadings): ReadonlySet<string> {
  const reading = raw.programs
  if (reading.state === 'not-read') return new Set()
  if (reading.kind === 'by-path') return new Set([...reading.byPath.keys()].map((path) => path.replace(/^.*\//, '')))
  return new Set(reading.kind === 'text' ? reading.text.split(/\s+/).map((word) => word.replace(/^.*\//, '')) : [])
}

function isFolder(raw: SchedulerReadings): boolean {
  const reading = raw.rulesFolder
  if (reading.state === 'not-read' || reading.kind !== 'document') return false
  const { type, target } = reading.document
  return type === 'directory' || (type === 'link' && target !== null)
}
