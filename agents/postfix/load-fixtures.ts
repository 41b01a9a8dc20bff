import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Found, HostDocument, NotRead, RawReading } from '@/lib/agent'
import { postfixDesired } from './desired'
import type { PostfixFacts } from './facts'
import { postfixProbe } from './probe'

/** Text as it is, or its lines, each of which gets a line end. */
const text = z.union([z.string(), z.array(z.string()).transform((lines) => lines.map((line) => `${line}\n`).join(''))])

const notRead = z.enum(['absent', 'denied', 'timed-out', 'failed', 'no-program', 'cut-off'])

const document = z.union([
  z.object({ mode: z.string(), bytes: text, type: z.enum(['file', 'link', 'directory']).default('file') }),
  z.object({ notRead }),
])

/** What a wish says where a fixture says nothing. */
const nothingOfItsOwn = {
  operation: 'set',
  hostId: 'host-1',
  instance: '-',
  listeners: [],
  source4: null,
  source6: null,
  helo: null,
  sixth: 'any',
  scope: 'all',
  enforce: false,
  greet: false,
  boot: 'fail',
  senders: [],
  proof: { probe: null, dnsServer: null, domain: null },
}

const desired = z.looseObject({}).transform((said) => postfixDesired.parse({ ...nothingOfItsOwn, ...said }))

const plan = z.object({
  desired,
  refused: z.string().optional(),
  nothing: z.string().optional(),
  steps: z.array(z.string()).default([]),
  /** What stands in each file that is written, by path; null where it is removed. */
  after: z.record(z.string(), text.nullable()).default({}),
  checks: z.array(z.string()).default([]),
  findings: z.array(z.string()).default([]),
  secrets: z.array(z.string()).default([]),
  /** Whether a reset afterwards gives both files back byte for byte, or is refused. */
  comesBack: z.union([z.boolean(), z.literal('refused')]).default(true),
})

const fixture = z.object({
  name: z.string(),
  programs: z.array(z.string()),
  /** What each command printed; null where it could not be run. */
  defaults: text.nullable(),
  instances: text.nullable(),
  units: text.nullable(),
  addresses: text,
  links: text,
  sockets: text.nullable(),
  tcp4: text.nullable().default(null),
  tcp6: text.nullable().default(null),
  nonlocal: z.tuple([z.string().nullable(), z.string().nullable()]).default(['0\n', '0\n']),
  mounts: text.default('/dev/sda1 / ext4 rw,relatime 0 0\n'),
  queue: text.nullable().default('Mail queue is empty\n'),
  documents: z.record(z.string(), document),
  facts: z.object({
    version: z.string().nullable(),
    init: z.string(),
    instances: z.array(z.string()),
    listens: z.array(z.string()).nullable(),
    socketTable: z.string(),
    readOnly: z.array(z.string()).default([]),
    queued: z.number().nullable().default(0),
    nonlocalBind: z.tuple([z.boolean().nullable(), z.boolean().nullable()]).default([false, false]),
    /** What may not stand in the facts that are kept. */
    hidden: z.array(z.string()).default([]),
  }),
  /** Whether the wish that is read from the facts is fulfilled by them. */
  readsItsWish: z.boolean().default(true),
  plans: z.array(plan),
})

export type Fixture = z.infer<typeof fixture> & { file: string }

/** Every file of `fixtures/`, for tests. */
export function loadFixtures(): Fixture[] {
  const folder = join(import.meta.dirname, 'fixtures')
  return readdirSync(folder)
    .sort()
    .map((file) => ({ file, ...fixture.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))) }))
}

/** One fixture of `fixtures/`, by its name without the ending. */
export function loadFixture(name: string): Fixture {
  const found = loadFixtures().find(({ file }) => file === `${name}.json`)
  if (!found) throw new Error(`no fixture ${name}`)
  return found
}

/** The facts that the probe makes of a fixture's readings. */
export function factsOf(from: Fixture): PostfixFacts {
  const found = postfixProbe.parse({
    programs: byPath(from.programs.map((path) => [path.replace(/^.*\//, ''), path])),
    defaults: command(from.defaults),
    instances: command(from.instances),
    files: documents(from),
    units: command(from.units),
    addresses: command(from.addresses),
    links: command(from.links),
    sockets: command(from.sockets),
    tcp4: command(from.tcp4, 'absent'),
    tcp6: command(from.tcp6, 'absent'),
    nonlocal4: command(from.nonlocal[0], 'absent'),
    nonlocal6: command(from.nonlocal[1], 'absent'),
    mounts: command(from.mounts),
    queue: command(from.queue),
  })
  if (found.state === 'not-read') throw new Error(`${from.file}: ${found.detail}`)
  return found.value
}

function command(output: string | null, why: NotRead = 'no-program'): RawReading {
  if (output === null) return { state: 'not-read', why, detail: '' }
  return { state: 'read', kind: 'text', text: output, truncated: false, exitCode: 0, branch: 0 }
}

function byPath(entries: [string, string][]): RawReading {
  return { state: 'read', kind: 'by-path', byPath: new Map(entries), truncated: false }
}

function documents(from: Fixture): RawReading {
  const all = Object.entries(from.documents).map(([path, one]): [string, Found<HostDocument>] => {
    if ('notRead' in one) return [path, { state: 'not-read', why: one.notRead, detail: '' }]
    const target = one.type === 'link' ? `${path}.real` : null
    return [path, { state: 'read', value: { ...one, target, owner: 'root', group: 'root' } }]
  })
  return { state: 'read', kind: 'documents', byPath: new Map(all), truncated: false }
}
