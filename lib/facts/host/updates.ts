import { z } from 'zod'
import { defineProbe, type Found, type RawReadings } from '@/lib/agent'
import { clip, found, linesOf, missing, numberOf, textOf, textsOf, whyNot } from './found'

export const updatesSchema = z.object({
  total: z.number(),
  security: z.number(),
  /** At most 500 of them. */
  packages: z.array(
    z.object({
      name: z.string(),
      from: z.string().nullable(),
      to: z.string(),
      origin: z.string(),
      security: z.boolean(),
    }),
  ),
  keptBack: z.array(z.string()),
  /** Seconds since 1970 by the host's clock, when its package lists were last fetched; null when not known. */
  listsFetchedAt: z.number().nullable(),
})
export type UpdatesFacts = z.infer<typeof updatesSchema>

/** Seconds of the host's processor: deep tier. Writes no cache and takes no lock. */
export const updatesProbe = defineProbe({
  id: 'updates',
  timeoutS: 90,
  readings: {
    simulation: {
      kind: 'command',
      argv: [
        'apt-get',
        '-s',
        '-o',
        'Debug::NoLocking=1',
        '-o',
        'Dir::Cache::pkgcache=',
        '-o',
        'Dir::Cache::srcpkgcache=',
        'dist-upgrade',
      ],
      maxBytes: 2 * 1024 * 1024,
    },
    fetched: {
      kind: 'command',
      argv: ['stat', '-c', '%Y %n', '/var/lib/apt/lists', '/var/lib/apt/periodic/update-success-stamp'],
    },
  },
  parse: parseUpdates,
})

export function parseUpdates(raw: RawReadings<'simulation' | 'fetched'>): Found<UpdatesFacts> {
  if (raw.simulation.state === 'not-read' || raw.simulation.kind !== 'text') return whyNot(raw.simulation)
  if (raw.simulation.exitCode !== 0) return missing('failed', 'apt-get could not work out an upgrade on this host')
  const { text } = raw.simulation
  const packages = linesOf(text).flatMap((line) => {
    // Inst libc6 [2.36-9] (2.36-10 Debian-Security:12/stable-security, Debian:12.5/stable [amd64])
    const match = /^Inst (\S+)(?: \[([^\]]*)\])? \((\S+) (.*?)(?: \[[^\]]*\])?\)/.exec(line)
    if (!match) return []
    const [, name = '', from, to = '', origin = ''] = match
    return [
      {
        name: clip(name),
        from: from ? clip(from) : null,
        to: clip(to),
        origin: clip(origin),
        security: /security/i.test(origin),
      },
    ]
  })
  const kept = /^The following packages have been kept back:\n((?: {2}.*\n?)+)/m.exec(text)?.[1] ?? ''
  const times = linesOf(textOf(raw.fetched) ?? '').map((line) => numberOf(line.split(' ')[0]) ?? 0)
  return found({
    total: packages.length,
    security: packages.filter((one) => one.security).length,
    packages: packages.slice(0, 500),
    keptBack: kept
      .split(/\s+/)
      .filter(Boolean)
      .slice(0, 200)
      .map((name) => clip(name)),
    listsFetchedAt: times.length > 0 ? Math.max(...times) : null,
  })
}

export const updateNoticeSchema = z.object({ total: z.number(), security: z.number() })
export type UpdateNotice = z.infer<typeof updateNoticeSchema>

const notice = '/var/lib/update-notifier/updates-available'

/** What the host itself noted at its last look (Ubuntu); costs nothing, so it is in the cheap tier. */
export const updateNoticeProbe = defineProbe({
  id: 'updateNotice',
  timeoutS: 5,
  readings: { files: { kind: 'files', globs: [notice] } },
  parse: parseUpdateNotice,
})

export function parseUpdateNotice(raw: RawReadings<'files'>): Found<UpdateNotice> {
  if (raw.files.state === 'not-read') return whyNot(raw.files)
  const text = textsOf(raw.files).get(notice)
  if (text === undefined) return missing('absent', 'the host keeps no note of its updates')
  const total = /^(\d+) (?:updates?|packages?) can be (?:applied|installed|updated)/m.exec(text)?.[1]
  const security =
    /^(\d+) (?:of these updates (?:is a|are) (?:standard )?security|updates? (?:is a|are) (?:standard )?security)/m.exec(
      text,
    )?.[1]
  return found({ total: Number(total ?? 0), security: Number(security ?? 0) })
}
