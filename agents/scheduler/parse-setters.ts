import type { Setter } from './facts'
import { schedulerName } from './facts'
import { splitBlock } from './rc-block'
import type { StartScript } from './start-scripts'
import { RULE_FILE } from './udev-rules'

/** A `files` reading gives the first 4 KiB; a longer file's jumps and rules may be out of sight. */
const CUT_AT = 4096

/** Bounds what a pattern may cost on a hostile line; none that sets a scheduler is longer. */
const LONGEST_LINE = 500

/** Everything else on the host that sets a scheduler, in the order of the files' names. */
export function parseSetters(
  files: ReadonlyMap<string, string>,
  tlp: string | null,
  scripts: readonly StartScript[],
): Setter[] {
  const rules = effectiveRules(files).flatMap(([path, text]) => udevSetters(path, text))
  const settings = [...files].sort(([a], [b]) => (a < b ? -1 : 1))
  const others = settings.flatMap(([path, text]) => {
    if (/\/tmpfiles\.d\//.test(path)) return lineSetters('tmpfiles', path, text, tmpfilesLine)
    if (/^\/etc\/sysfs\./.test(path)) return lineSetters('sysfs-conf', path, text, sysfsLine)
    return []
  })
  const lines = scripts.flatMap(({ path, document }) => {
    if (document.state !== 'there' || document.type !== 'file') return []
    const { before, after } = splitBlock(document.bytes)
    return lineSetters('rc-local', path, before + after, shellLine)
  })
  return [...rules, ...others, ...lines, ...tunedSetters(files), ...tlpSetters(tlp)]
}

/** udev(7): one file per name counts, /etc before /run before /usr/lib; all are read in the order of their names. */
function effectiveRules(files: ReadonlyMap<string, string>): [string, string][] {
  const byName = new Map<string, [string, string]>()
  for (const folder of ['/etc/udev/rules.d/', '/run/udev/rules.d/', '/usr/lib/udev/rules.d/', '/lib/udev/rules.d/']) {
    for (const [path, text] of files) {
      const name = path.slice(folder.length)
      if (path.startsWith(folder) && path !== RULE_FILE && !byName.has(name)) byName.set(name, [path, text])
    }
  }
  return [...byName.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file)
}

function udevSetters(path: string, text: string): Setter[] {
  const certain = text.length < CUT_AT && !/\bGOTO=/.test(text)
  const setters: Setter[] = []
  let joined = ''
  let first = 0
  text.split('\n').forEach((line, index) => {
    if (joined === '') first = index + 1
    joined += line.replace(/\\\r?$/, ' ')
    if (/\\\r?$/.test(line)) return
    const rule = joined.trim()
    joined = ''
    const value = /ATTR\{queue\/scheduler\}\s*=\s*"([^"]*)"/.exec(rule)?.[1]
    if (rule.startsWith('#') || value === undefined || !schedulerName.safeParse(value).success) return
    setters.push({ how: 'udev-rule', file: path, line: first, value, conditions: ruleConditions(rule), certain })
  })
  return setters
}

function ruleConditions(rule: string): Setter['conditions'] {
  return [...rule.matchAll(/([A-Z]+(?:\{[^}"]*\})?)\s*(==|!=)\s*"([^"]*)"/g)].map(([, key = '', op, value = '']) => ({
    key,
    op: op === '!=' ? '!=' : '==',
    value,
  }))
}

interface Setting {
  device: string
  value: string
}

function lineSetters(how: Setter['how'], file: string, text: string, read: (line: string) => Setting | null): Setter[] {
  return text.split('\n').flatMap((line, index) => {
    const found = line.trim().startsWith('#') ? null : read(line.slice(0, LONGEST_LINE))
    if (!found || !schedulerName.safeParse(found.value).success) return []
    const conditions = [{ key: 'KERNEL', op: '==' as const, value: found.device }]
    return [{ how, file, line: index + 1, value: found.value, conditions, certain: !/[$`]/.test(found.device) }]
  })
}

/** tmpfiles.d(5): `w /sys/block/sda/queue/scheduler - - - - deadline`. */
function tmpfilesLine(line: string): Setting | null {
  const match = /^\s*w\S*\s+\/sys\/(?:block|class\/block)\/([^/\s]+)\/queue\/scheduler(?:\s+\S+){4}\s+(\S+)/.exec(line)
  return match?.[1] && match[2] ? { device: match[1], value: match[2] } : null
}

/** sysfs.conf(5) of sysfsutils: `block/sda/queue/scheduler = deadline`. */
function sysfsLine(line: string): Setting | null {
  const match = /^\s*(?:\/sys\/)?block\/([^/\s]+)\/queue\/scheduler\s*=\s*(\S+)/.exec(line)
  return match?.[1] && match[2] ? { device: match[1], value: match[2] } : null
}

/** The usual line of an rc.local: `echo deadline > /sys/block/sda/queue/scheduler`. */
function shellLine(line: string): Setting | null {
  const match =
    /\b(?:echo|printf)\b.*?["'\s]([a-z][a-z0-9_-]*)["']?\s*(?:>|\|\s*tee)\s*["']?\/sys\/block\/([^/\s]+)\/queue\/scheduler/.exec(
      line,
    )
  return match?.[1] && match[2] ? { device: match[2], value: match[1] } : null
}

/** tuned.conf(5): `elevator=` in a section of type disk, of the active profile and of those that it includes. */
function tunedSetters(files: ReadonlyMap<string, string>): Setter[] {
  const active = files.get('/etc/tuned/active_profile')?.trim().split(/\s+/) ?? []
  const setters: Setter[] = []
  const seen = new Set<string>()
  const waiting = [...active]
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const path = profilePath(files, name)
    if (path === undefined || seen.has(path)) continue
    seen.add(path)
    const text = files.get(path) ?? ''
    waiting.push(...(/^\s*include\s*=\s*(.+)$/m.exec(text)?.[1] ?? '').split(/[\s,]+/).filter((word) => word !== ''))
    text.split('\n').forEach((line, index) => {
      const value = /^\s*elevator\s*=\s*([\w-]+)/.exec(line)?.[1]
      if (value === undefined) return
      setters.push({ how: 'tuned', file: path, line: index + 1, value, conditions: [], certain: false })
    })
  }
  return setters.filter((setter) => schedulerName.safeParse(setter.value).success)
}

function profilePath(files: ReadonlyMap<string, string>, name: string): string | undefined {
  const folders = ['/etc/tuned/profiles', '/etc/tuned', '/usr/lib/tuned/profiles', '/usr/lib/tuned']
  return folders.map((folder) => `${folder}/${name}/tuned.conf`).find((path) => files.has(path))
}

/** tlp.conf: `DISK_IOSCHED="mq-deadline keep"`, one word per disk of DISK_DEVICES. */
function tlpSetters(text: string | null): Setter[] {
  const lines = (text ?? '').split('\n')
  const devices = settingOf(lines, 'DISK_DEVICES')?.value.split(/\s+/) ?? ['sda']
  const schedulers = settingOf(lines, 'DISK_IOSCHED')
  return (schedulers?.value.split(/\s+/) ?? []).flatMap((value, index) => {
    const device = devices[index]
    if (!device || value === 'keep' || !schedulerName.safeParse(value).success) return []
    const conditions = [{ key: 'KERNEL', op: '==' as const, value: device }]
    const certain = !device.includes('-')
    return [{ how: 'tlp' as const, file: '/etc/tlp.conf', line: schedulers?.line ?? 0, value, conditions, certain }]
  })
}

function settingOf(lines: readonly string[], name: string): { value: string; line: number } | null {
  const index = lines.findLastIndex((line) => line.startsWith(`${name}=`))
  const value = /^[^=]*="?([^"]*)"?\s*$/.exec(lines[index] ?? '')?.[1]?.trim()
  return index < 0 || !value ? null : { value, line: index + 1 }
}
