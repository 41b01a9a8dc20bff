import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { RawReading } from '@/lib/agent'
import type { SchedulerFacts } from './facts'
import type { SchedulerReadings } from './probe'
import { schedulerProbe } from './probe'

const document = z.object({
  type: z.enum(['file', 'link', 'directory', 'other']).default('file'),
  target: z.string().nullable().default(null),
  mode: z.string().default('0644'),
  owner: z.string().default('root'),
  group: z.string().default('root'),
  bytes: z.string(),
})

/** A host as its readings, and what the agent must make of it. Test data only. */
export const fixture = z.strictObject({
  name: z.string(),
  readings: z.strictObject({
    /** Below /sys/block: device → file → text. */
    block: z.record(z.string(), z.record(z.string(), z.string())),
    scsiHosts: z.record(z.string(), z.string()).default({}),
    links: z.record(z.string(), z.string()).default({}),
    system: z.record(z.string(), z.string()),
    mounts: z.string(),
    udevDb: z.record(z.string(), z.string()).default({}),
    settings: z.record(z.string(), z.string()).default({}),
    tlp: z.string().nullable().default(null),
    rulesFolder: z.boolean().default(true),
    ruleFile: document.nullable().default(null),
    rcLocal: document.nullable().default(null),
    rcLocalRedHat: document.nullable().default(null),
    programs: z.array(z.string()).default([]),
    udevVersion: z.string().nullable().default(null),
    udevState: z.string().nullable().default(null),
  }),
  kinds: z.record(z.string(), z.string()),
  /** Device → recommended scheduler; null for none. */
  recommends: z.record(z.string(), z.string().nullable()),
  on: z.record(z.string(), z.array(z.string())).default({}),
  /** Device → words that its reason for not being settable holds. */
  whyNot: z.record(z.string(), z.string()).default({}),
  plans: z.array(
    z.strictObject({
      persistence: z.enum(['boot', 'live-only']),
      /** Device name (or a key, with a colon) → scheduler or leave. */
      choose: z.record(z.string(), z.string()),
      steps: z.array(z.string()).optional(),
      /** Device → words of the boot file's line. */
      holds: z.array(z.string()).default([]),
      findings: z.array(z.string()).default([]),
      refused: z.string().optional(),
    }),
  ),
})

export type Fixture = z.infer<typeof fixture>

/** All fixtures of this folder; adding a file adds a test. */
export function loadFixtures(): Fixture[] {
  const folder = new URL('./fixtures/', import.meta.url)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => fixture.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))))
}

/** The facts of a fixture, through the agent's own parser. */
export function factsOf({ readings }: Fixture): SchedulerFacts {
  const found = schedulerProbe.parse(rawReadings(readings))
  if (found.state !== 'read') throw new Error(`expected facts, got ${found.why}: ${found.detail}`)
  return found.value
}

export function rawReadings(readings: Fixture['readings']): SchedulerReadings {
  const attrs = new Map(
    Object.entries(readings.block).flatMap(([name, files]) =>
      Object.entries(files).map(([file, text]): [string, string] => [`/sys/block/${name}/${file}`, `${text}\n`]),
    ),
  )
  for (const [host, driver] of Object.entries(readings.scsiHosts)) {
    attrs.set(`/sys/class/scsi_host/${host}/proc_name`, `${driver}\n`)
  }
  return {
    attrs: byPath(attrs),
    links: byPath(new Map(Object.entries(readings.links))),
    system: byPath(new Map(Object.entries(readings.system))),
    mounts: text(readings.mounts),
    udevDb: byPath(new Map(Object.entries(readings.udevDb))),
    settings: byPath(new Map(Object.entries(readings.settings))),
    tlp: readings.tlp === null ? absent : text(readings.tlp),
    rulesFolder: readings.rulesFolder ? folder : absent,
    ruleFile: file(readings.ruleFile),
    rcLocal: file(readings.rcLocal),
    rcLocalRedHat: file(readings.rcLocalRedHat),
    programs: byPath(new Map(readings.programs.map((name) => [name, `/usr/bin/${name}`]))),
    udevVersion: readings.udevVersion === null ? absent : text(readings.udevVersion),
    udevState: readings.udevState === null ? absent : text(readings.udevState),
  }
}

const absent: RawReading = { state: 'not-read', why: 'absent', detail: '' }
const folder: RawReading = {
  state: 'read',
  kind: 'document',
  document: { type: 'directory', target: null, mode: '0755', owner: 'root', group: 'root', bytes: '' },
}

function byPath(map: ReadonlyMap<string, string>): RawReading {
  return { state: 'read', kind: 'by-path', byPath: map, truncated: false }
}

function text(value: string): RawReading {
  return { state: 'read', kind: 'text', text: value, truncated: false, exitCode: 0, branch: 0 }
}

function file(found: Fixture['readings']['ruleFile']): RawReading {
  return found === null ? absent : { state: 'read', kind: 'document', document: found }
}
