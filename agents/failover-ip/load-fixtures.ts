import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { RawReading } from '@/lib/agent'
import { failoverDesired } from './desired'
import type { FailoverFacts } from './facts'
import { failoverProbe } from './probe'

const fixture = z.object({
  name: z.string(),
  programs: z.array(z.string()),
  links: z.string(),
  addresses: z.string(),
  route4: z.string(),
  route6: z.string(),
  ifupdown: z.string(),
  /** Whether /etc/network/interfaces.d is there. */
  folder: z.boolean(),
  files: z.record(z.string(), z.object({ mode: z.string(), bytes: z.string() })),
  state: z.record(z.string(), z.string()),
  /** What holds eth0; null where there is none. */
  stack: z.string().nullable(),
  main4: z.string().nullable(),
  failover: z.array(z.string()),
  plans: z.array(
    z.object({
      desired: failoverDesired,
      refused: z.string().optional(),
      nothing: z.string().optional(),
      steps: z.array(z.string()).default([]),
      holds: z.array(z.string()).default([]),
      findings: z.array(z.string()).default([]),
    }),
  ),
})

export type Fixture = z.infer<typeof fixture> & { file: string }

/** Every file of `fixtures/`, for tests. */
export function loadFixtures(): Fixture[] {
  const folder = join(import.meta.dirname, 'fixtures')
  return readdirSync(folder)
    .sort()
    .map((file) => ({ file, ...fixture.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))) }))
}

/** The facts that the probe makes of a fixture's readings. */
export function factsOf(from: Fixture): FailoverFacts {
  const interfaces = from.files['/etc/network/interfaces']
  const others = Object.entries(from.files).filter(([path]) => path !== '/etc/network/interfaces')
  const command = (output: string): RawReading =>
    from.programs.some((program) => program.endsWith('/ip')) || output !== '' ? text(output) : absent
  const found = failoverProbe.parse({
    programs: byPath(from.programs.map((path) => [path.replace(/^.*\//, ''), path])),
    addresses: command(from.addresses),
    links: command(from.links),
    route4: command(from.route4),
    route6: command(from.route6),
    ifupdown: from.ifupdown === '' ? absent : text(from.ifupdown),
    interfaces: interfaces ? document('file', interfaces.bytes, interfaces.mode) : absent,
    interfacesFolder: from.folder ? document('directory', '', '0755') : absent,
    config: byPath(others.map(([path, file]) => [path, file.bytes])),
    modes: byPath(others.map(([path, file]) => [path, `${file.mode.slice(1)} root root regular file\n`])),
    state: byPath(Object.entries(from.state)),
    tcp4: text(''),
    tcp6: absent,
  })
  if (found.state === 'not-read') throw new Error(`${from.file}: ${found.detail}`)
  return found.value
}

const absent: RawReading = { state: 'not-read', why: 'absent', detail: '' }

function text(value: string): RawReading {
  return { state: 'read', kind: 'text', text: value, truncated: false, exitCode: 0, branch: 0 }
}

function byPath(entries: [string, string][]): RawReading {
  return { state: 'read', kind: 'by-path', byPath: new Map(entries), truncated: false }
}

function document(type: 'file' | 'directory', bytes: string, mode: string): RawReading {
  return {
    state: 'read',
    kind: 'document',
    document: { type, target: null, mode, owner: 'root', group: 'root', bytes },
  }
}
