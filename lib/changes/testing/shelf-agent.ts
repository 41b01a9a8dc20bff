import { join } from 'node:path'
import { z } from 'zod'
import { type Agent, defineProbe, type RawReading } from '@/lib/agent'
import { fileAgent } from './file-agent'

export interface ShelfFacts {
  /** The text of each file by its name; one that is not named is not there. */
  texts?: Readonly<Record<string, string | null>>
}

const desired = z.object({ name: z.enum(['a', 'b']), text: z.string(), scope: z.string().optional() })

/** Exists for tests only, under any id: writes one of two files in a folder. Each is a scope, unless the wish names another. */
export function shelfAgent(id: string, dir: string): Agent<string, ShelfFacts, z.infer<typeof desired>> {
  const files = { a: fileAgent(id, join(dir, 'a')), b: fileAgent(id, join(dir, 'b')) }
  const one = (name: 'a' | 'b', facts: ShelfFacts) => ({ text: facts.texts?.[name] ?? null })
  return {
    id,
    version: 1,
    title: `Agent ${id}`,
    about: 'Writes one of two files.',
    probe: defineProbe({
      id,
      timeoutS: 10,
      readings: {
        a: { kind: 'document', path: join(dir, 'a') },
        b: { kind: 'document', path: join(dir, 'b') },
      },
      parse: ({ a, b }) => ({ state: 'read' as const, value: { texts: { a: textOf(a), b: textOf(b) } } }),
    }),
    desired,
    plan: (hosts, { name, text }) =>
      files[name].plan(
        hosts.map((host) => ({ ...host, facts: one(name, host.facts) })),
        { text, secrets: [] },
      ),
    predict: (host, plan) => {
      const after = (name: 'a' | 'b') => files[name].predict({ ...host, facts: one(name, host.facts) }, plan).text
      return { texts: { a: after('a'), b: after('b') } }
    },
    drift: (host, { name, text }, applied) =>
      files[name].drift({ ...host, facts: one(name, host.facts) }, { text, secrets: [] }, applied),
    scopeOf: ({ name, scope }) => scope ?? name,
  }
}

function textOf(file: RawReading): string | null {
  return file.state === 'read' && file.kind === 'document' ? file.document.bytes : null
}
