import { z } from 'zod'
import { defineProbe, type Found, type RawReadings } from '@/lib/agent'
import { clip, found, textOf, textsOf, whyNot } from './found'

export const initSchema = z.object({
  system: z.enum(['systemd', 'sysvinit', 'openrc', 'upstart', 'busybox', 'other']),
  /** The name of process 1. */
  process: z.string(),
})
export type InitFacts = z.infer<typeof initSchema>

export const initProbe = defineProbe({
  id: 'init',
  timeoutS: 5,
  readings: {
    process: {
      kind: 'first-of',
      of: [
        { kind: 'file', path: '/proc/1/comm', maxBytes: 256 },
        { kind: 'file', path: '/proc/1/stat', maxBytes: 1024 },
      ],
    },
    inittab: { kind: 'file', path: '/etc/inittab', maxBytes: 4096 },
    marks: { kind: 'files', globs: ['/run/openrc/softlevel'] },
    programs: { kind: 'programs', names: ['initctl', 'busybox'] },
  },
  parse: parseInit,
})

export function parseInit(raw: RawReadings<'process' | 'inittab' | 'marks' | 'programs'>): Found<InitFacts> {
  const text = textOf(raw.process)
  if (text === null) return whyNot(raw.process)
  const process = clip(/^\d+ \((.*)\)/.exec(text)?.[1] ?? text)
  const inittab = textOf(raw.inittab)
  const system = (): InitFacts['system'] => {
    if (process === 'systemd') return 'systemd'
    if (!/^(init|busybox|linuxrc)$/.test(process)) return 'other'
    if (textsOf(raw.marks).size > 0) return 'openrc'
    if (process !== 'init') return 'busybox'
    if (inittab && /:initdefault:/.test(inittab)) return 'sysvinit'
    // busybox's table has no runlevels: `::sysinit:/etc/init.d/rcS`.
    if (inittab && /^[^#\n]*::sysinit:/m.test(inittab)) return 'busybox'
    if (textsOf(raw.programs).has('initctl')) return 'upstart'
    return textsOf(raw.programs).has('busybox') && inittab === null ? 'busybox' : 'sysvinit'
  }
  return found({ system: system(), process })
}
