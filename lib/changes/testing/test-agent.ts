import { z } from 'zod'
import { type Agent, defineProbe, type HostDocument, type Phase, type PlanHost, type Step } from '@/lib/agent'

/** Exists for tests only: writes one file, and runs commands around it, so that every way of ending can be had. */
export const testDesired = z.object({
  path: z.string(),
  bytes: z.string(),
  /** Whether what comes behind the write is a phase of its own. */
  barrier: z.boolean().default(false),
  /** Seconds that a step behind the write sleeps. */
  sleepS: z.number().default(0),
  /** A command that must succeed, run last. */
  run: z.tuple([z.string()], z.string()).optional(),
  /** More steps, of any kind, run last. */
  more: z.array(z.custom<Step>()).default([]),
  /** Values that must not be shown. */
  secrets: z.array(z.string()).default([]),
  /** Whether the change counts as one that could cost the way to a host. */
  guarded: z.boolean().default(false),
  /** Hosts that must give back last, where it is guarded. */
  outlasts: z.array(z.string()).default([]),
  /** What the proof expects to read in the file; its bytes unless told otherwise. */
  expected: z.string().optional(),
})

export type TestDesired = z.infer<typeof testDesired>

export interface TestFacts {
  file: HostDocument | null
}

/** Makes the agent for one file, because a probe names its path beforehand. */
export function testAgent(path: string): Agent<'test', TestFacts, TestDesired> {
  return {
    id: 'test',
    version: 1,
    title: 'Test',
    about: 'Writes one file.',
    probe: defineProbe({
      id: 'test',
      timeoutS: 10,
      readings: { file: { kind: 'document', path } },
      parse: ({ file }) => {
        if (file.state === 'not-read')
          return file.why === 'absent' ? { state: 'read' as const, value: { file: null } } : file
        const document = file.kind === 'document' ? file.document : null
        return { state: 'read' as const, value: { file: document } }
      },
    }),
    desired: testDesired,
    plan: planTest,
    predict: ({ facts }) => facts,
    drift: () => [],
  }
}

function planTest(hosts: readonly PlanHost<TestFacts>[], desired: TestDesired) {
  const withWork = hosts.filter(({ facts }) => facts.file?.bytes !== desired.bytes)
  return {
    agent: { id: 'test', version: 1 },
    title: `Write ${desired.path}`,
    summary: `Writes ${desired.path}.`,
    phases: phasesOf(withWork, desired),
    checks: withWork.map(({ hostId }) => ({
      id: `content-${hostId}`,
      hostId,
      title: 'The file says what it should',
      weight: 'must' as const,
      read: { file: desired.path },
      expect: { includes: desired.expected ?? desired.bytes.trim() },
      timeoutS: 5,
    })),
    basis: hosts.map(({ hostId, facts }) => ({
      hostId,
      name: `file ${desired.path}`,
      value: facts.file?.bytes ?? 'absent',
    })),
    findings: [],
    secrets: desired.secrets,
    guard: desired.guarded ? { why: 'The test says so.', outlasts: desired.outlasts } : null,
    nothingToDo: withWork.length === 0 ? `${desired.path} is as asked already.` : null,
  }
}

function phasesOf(hosts: readonly PlanHost<TestFacts>[], desired: TestDesired): Phase[] {
  const phase = (id: string, title: string, pick: (steps: readonly Step[]) => readonly Step[]) => ({
    id,
    title,
    hosts: hosts.map(({ hostId, facts }) => ({ hostId, steps: pick(stepsOf(facts, desired)) })),
  })
  if (!desired.barrier) return [phase('write', 'Write', (steps) => steps)]
  return [phase('write', 'Write', (steps) => steps.slice(0, 1)), phase('rest', 'The rest', (steps) => steps.slice(1))]
}

function stepsOf({ file }: TestFacts, desired: TestDesired): Step[] {
  const owner = { mode: '0644', owner: 'root', group: 'root' }
  const before = file && { bytes: file.bytes, mode: file.mode, owner: file.owner, group: file.group }
  const nothing = { nothing: 'It leaves nothing behind.' }
  const steps: Step[] = [
    {
      kind: 'file',
      id: 'write',
      title: 'Write the file',
      timeoutS: 10,
      path: desired.path,
      before,
      after: { ...owner, bytes: desired.bytes },
      undo: { copy: true },
    },
  ]
  if (desired.sleepS > 0)
    steps.push({
      kind: 'run',
      id: 'sleep',
      title: 'Take some time',
      timeoutS: 600,
      run: ['sleep', String(desired.sleepS)],
      undo: nothing,
    })
  if (desired.run)
    steps.push({ kind: 'run', id: 'run', title: 'Run a command', timeoutS: 30, run: desired.run, undo: nothing })
  return [...steps, ...desired.more]
}
