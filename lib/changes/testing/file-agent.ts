import { z } from 'zod'
import { type Agent, appliedFiles, type Drift, defineProbe, type FileStep, type Plan } from '@/lib/agent'

export interface FileFacts {
  /** Null where there is no such file. */
  text: string | null
}

const desired = z.object({ text: z.string(), secrets: z.array(z.string()).default([]) })

/**
 * Exists for tests only, under any id: writes one file whole on every host, and tells its drift by the files of the plan
 * that was applied, line by line, or by its wish where that plan had nothing to write.
 */
export function fileAgent(id: string, path: string): Agent<string, FileFacts, z.infer<typeof desired>> {
  return {
    id,
    version: 1,
    title: `Agent ${id}`,
    about: 'Writes one file.',
    probe: defineProbe({
      id,
      timeoutS: 10,
      readings: { file: { kind: 'document', path } },
      parse: ({ file }) => {
        if (file.state === 'not-read')
          return file.why === 'absent' ? { state: 'read' as const, value: { text: null } } : file
        return { state: 'read' as const, value: { text: file.kind === 'document' ? file.document.bytes : null } }
      },
    }),
    desired,
    plan: (hosts, { text, secrets }) => {
      const withWork = hosts.filter(({ facts }) => facts.text !== text)
      return {
        agent: { id, version: 1 },
        title: `Write ${path}`,
        summary: `Writes ${path}.`,
        phases: [
          {
            id: 'write',
            title: 'Write',
            hosts: withWork.map(({ hostId, facts }) => ({ hostId, steps: [writeStep(path, facts.text, text)] })),
          },
        ],
        checks: [],
        basis: hosts.map(({ hostId, facts }) => ({ hostId, name: `file ${path}`, value: facts.text ?? 'absent' })),
        findings: [],
        guard: null,
        secrets,
        nothingToDo: withWork.length === 0 ? `${path} is as asked already.` : null,
      }
    },
    predict: ({ hostId, facts }, plan) => {
      const left = appliedFiles(plan, hostId).get(path)
      return left === undefined ? facts : { text: left?.bytes ?? null }
    },
    drift: ({ hostId, facts }, { text }, applied) => driftOf(facts, leftBy(applied, hostId, path, text)),
  }
}

function writeStep(path: string, before: string | null, after: string): FileStep {
  const owned = (bytes: string) => ({ bytes, mode: '0644', owner: 'root', group: 'root' })
  return {
    kind: 'file',
    id: 'write',
    title: 'Write the file',
    timeoutS: 10,
    path,
    before: before === null ? null : owned(before),
    after: owned(after),
    undo: { copy: true },
  }
}

/** All files of the plan: another agent's among them would show as a difference. */
function leftBy(applied: Plan, hostId: string, path: string, wish: string): ReadonlyMap<string, string> {
  const files = [...appliedFiles(applied, hostId)].map(([name, after]) => [name, after?.bytes ?? ''] as const)
  return new Map(files.length > 0 ? files : [[path, wish]])
}

function driftOf({ text }: FileFacts, files: ReadonlyMap<string, string>): Drift[] {
  return [...files].flatMap(([path, left]) => {
    if (text === null) return [{ what: path, expected: 'there', seen: 'not there' }]
    const [were, are] = [left.split('\n'), text.split('\n')]
    return Array.from({ length: Math.max(were.length, are.length) }, (_, at) => ({
      what: `line ${at + 1} of ${path}`,
      expected: were[at] ?? 'no line',
      seen: are[at] ?? 'no line',
    })).filter(({ expected, seen }) => expected !== seen)
  })
}
