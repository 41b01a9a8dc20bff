import { describe, expect, it } from 'vitest'
import type { FileStep, KnobStep, Plan, RunStep, Step } from '@/lib/agent'
import { chosenOf, type FileNow, invertPlan } from './invert-plan'

const side = (bytes: string) => ({ bytes, mode: '0644', owner: 'root', group: 'root' })
const file: FileStep = {
  kind: 'file',
  id: 'f',
  title: 'Write',
  timeoutS: 5,
  path: '/etc/a',
  before: null,
  after: side('new\n'),
  activate: { run: ['reload'], timeoutS: 5 },
  undo: { copy: true },
}
const knob: KnobStep = {
  kind: 'knob',
  id: 'k',
  title: 'Set',
  timeoutS: 5,
  path: '/sys/k',
  value: 'fast',
  before: 'none',
  undo: { knob: '/sys/k', value: 'none' },
}
const trigger: RunStep = {
  kind: 'run',
  id: 'r',
  title: 'Trigger',
  timeoutS: 5,
  run: ['trigger'],
  undo: { knob: '/sys/k', value: 'none' },
}

function plan(...steps: Step[]): Plan {
  return {
    agent: { id: 'x', version: 1 },
    title: 'T',
    summary: 'S',
    phases: [{ id: 'p', title: 'P', hosts: [{ hostId: 'h', steps }] }],
    checks: [],
    basis: [],
    findings: [],
    guard: null,
    nothingToDo: null,
  }
}
const now = (files: Record<string, FileNow>, knobs: Record<string, string | null>, addresses: string[] = []) => ({
  file: (_: string, path: string) => files[path] ?? null,
  knob: (_: string, path: string) => knobs[path] ?? null,
  address: (_: string, device: string, address: string) => addresses.includes(`${address} ${device}`),
})
const stepsOf = (inverted: Plan) => inverted.phases[0]?.hosts[0]?.steps ?? []

it('inverts in reverse, sets a knob back once, and expects what now stands', () => {
  const back = invertPlan(3, plan(file, trigger, knob), now({ '/etc/a': side('new\n') }, { '/sys/k': 'none [fast]' }))
  expect(stepsOf(back)).toMatchObject([
    { kind: 'knob', value: 'none', before: 'fast' },
    { kind: 'file', before: side('new\n'), after: null, activate: { run: ['reload'] } },
  ])
  expect(back.checks.map((check) => check.expect)).toEqual([{ includes: '[none]' }, { absent: true }])
})

it('is empty where all is as before, and skips a knob that is gone', () => {
  const back = invertPlan(3, plan(file, knob), now({}, { '/sys/k': null }))
  expect(stepsOf(back)).toEqual([])
  expect(back.nothingToDo).toContain('#3')
})

it('refuses to lose somebody’s edit', () => {
  const theirs = now({ '/etc/a': side('theirs\n') }, {})
  expect(() => invertPlan(3, plan(file), theirs)).toThrow(expect.objectContaining({ code: 'conflict' }))
})

it('refuses what cannot be taken back', () => {
  const once = { ...knob, undo: { irreversible: 'it burns a fuse' } }
  expect(() => invertPlan(3, plan(once), now({}, { '/sys/k': 'fast' }))).toThrow(
    expect.objectContaining({ userMessage: expect.stringContaining('burns a fuse') }),
  )
})

it('reads the chosen word of a knob', () => {
  expect([chosenOf('[none] mq-deadline'), chosenOf('128\n')]).toEqual(['none', '128'])
})

it('hides what the change hid, as it still stands in what is taken away', () => {
  expect(invertPlan(7, { ...plan(file), secrets: ['new'] }, now({ '/etc/a': side('new\n') }, {})).secrets).toEqual([
    'new',
  ])
})

describe('a service that reads its files anew', () => {
  const serve = (id: string, run: RunStep['run'], undo: RunStep['run'], more: Partial<RunStep> = {}): RunStep => ({
    kind: 'run',
    id,
    title: id,
    timeoutS: 9,
    run,
    notAtBoot: true,
    isUndone: ['is-active'],
    undo: { run: undo, timeoutS: 7 },
    ...more,
  })
  const lint: RunStep = {
    kind: 'run',
    id: 'lint',
    title: 'Lint',
    timeoutS: 5,
    run: ['lint', '@shadow@'],
    shadow: ['/etc/a'],
    undo: { nothing: 'It only reads.' },
  }
  const [nothing, restart] = [['true'], ['restart']] as const
  const steps = [lint, serve('again', nothing, restart), file, serve('last', restart, nothing)]
  const written = now({ '/etc/a': side('new\n') }, {})

  it('does so last, whichever way the change goes', () => {
    const back = invertPlan(3, plan(...steps), written)
    expect(stepsOf(back).map(({ id }) => id)).toEqual(['last.back', 'f.back', 'again.back'])
    expect(stepsOf(back)).toMatchObject([
      { run: nothing, undo: { run: restart, timeoutS: 9 }, timeoutS: 7 },
      {},
      { run: restart, undo: { run: nothing, timeoutS: 9 }, timeoutS: 7 },
    ])
    const [, , gone] = stepsOf(back)
    const forth = invertPlan(4, back, now({}, {}))
    expect(stepsOf(forth).map((step) => (step.kind === 'run' ? step.run : step.kind))).toEqual([
      nothing,
      'file',
      restart,
    ])
    expect(gone).not.toHaveProperty('shadow')
  })

  it('is left out at boot and proved both ways, where it says so', () => {
    const back = invertPlan(3, plan(...steps), written)
    for (const step of stepsOf(back).filter(({ kind }) => kind === 'run'))
      expect(step).toMatchObject({ notAtBoot: true, isUndone: ['is-active'] })
    const { notAtBoot: _boot, isUndone: _proof, ...plain } = serve('plain', restart, nothing)
    const [other] = stepsOf(invertPlan(3, plan(plain), now({}, {})))
    expect(other).not.toHaveProperty('notAtBoot')
    expect(other).not.toHaveProperty('isUndone')
  })

  it('changes its two proofs for each other, where its work can be seen', () => {
    const proofs = { isUndone: ['gone'], isStanding: ['there'], undoAfterBoot: true } as const
    const [back, seen] = stepsOf(invertPlan(3, plan(serve('made', restart, nothing, proofs)), now({}, {})))
    expect(seen).toMatchObject({ title: 'See it taken back: made', run: ['gone'], proves: true })
    expect(back).toMatchObject({ isUndone: ['there'], isStanding: ['gone'], undoAfterBoot: true })
  })

  it('has its input, and the room that its undo needs', () => {
    const [back] = stepsOf(
      invertPlan(
        3,
        plan(
          serve('fed', restart, nothing, {
            input: 'in',
            undoRoomKib: 64,
            undo: { run: nothing, input: 'out', timeoutS: 7 },
          }),
        ),
        now({}, {}),
      ),
    )
    expect(back).toMatchObject({ input: 'out', undoRoomKib: 64, undo: { run: restart, input: 'in', timeoutS: 9 } })
  })
})
