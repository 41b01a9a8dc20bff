import { HostText } from '@/components/base/host-text'
import { Diff, DiffViewChoice, readDiffView } from '@/components/change/diff'
import { diffLines } from '@/components/change/diff-lines'
import { type StepPhase, StepsTable } from '@/components/change/steps-table'
import { SectionHead } from '@/components/frame/page-head'
import { Note } from '@/components/show/finding'
import type { Params } from '@/components/table/sort'
import type { FileStep, Plan, Step } from '@/lib/agent'
import type { HostPart } from '@/lib/changes/get-change'
import { nameList } from '@/lib/inventory/name-list'
import { stepBack, stepHow, stepMark } from './change-words'

type Names = Readonly<Record<string, string>>

/** What the person should know before approving; what is so on several hosts is said once. */
export function PlanFindings({ plan, names }: { plan: Plan; names: Names }) {
  const said = new Map<string, { finding: Plan['findings'][number]; hosts: string[] }>()
  for (const finding of plan.findings) {
    const { level, title, detail, hostId } = finding
    const key = JSON.stringify([level, title, detail])
    const known = said.get(key) ?? { finding, hosts: [] }
    said.set(key, { finding, hosts: hostId ? [...known.hosts, names[hostId] ?? hostId] : known.hosts })
  }
  if (said.size === 0) return null
  return (
    <div className="grid gap-2 mb-5">
      {[...said].map(([key, { finding, hosts }]) => (
        <Note
          key={key}
          status={finding.level}
          title={hosts.length > 0 ? `${nameList(hosts)}: ${finding.title}` : finding.title}
        >
          {finding.detail}
        </Note>
      ))}
    </div>
  )
}

/** Every step of the plan with how it is done and its way back; with `hosts`, how far each is. */
export function PlanSteps({ plan, names, hosts }: { plan: Plan; names: Names; hosts?: readonly HostPart[] }) {
  const phases = stepPhases(plan, names, hosts)
  const count = phases.reduce((sum, phase) => sum + phase.steps.length, 0)
  return (
    <section className="mb-6" aria-label="Steps">
      <SectionHead
        title="Steps"
        note={`${count} in ${phases.length} ${phases.length === 1 ? 'phase' : 'phases'}, each with its way back`}
      />
      <StepsTable phases={phases} />
    </section>
  )
}

function stepPhases(plan: Plan, names: Names, hosts: readonly HostPart[] = []): StepPhase[] {
  const isMany = Object.keys(names).length > 1
  return plan.phases.map((phase, at) => ({
    number: at + 1,
    title: phase.title,
    note: phase.note,
    steps: phase.hosts
      .flatMap(({ hostId, steps }) => steps.map((step) => ({ hostId, step })))
      .map(({ hostId, step }, index) => {
        const part = hosts.find((host) => host.hostId === hostId)?.steps.find((each) => each.step.id === step.id)
        return {
          id: `${hostId} ${step.id}`,
          number: `${at + 1}.${index + 1}`,
          what: step.title,
          host: isMany ? (names[hostId] ?? hostId) : undefined,
          how: stepHow(step),
          wayBack: <WayBack step={step} />,
          status: part && hosts.length > 0 ? stepMark(part.state) : undefined,
        }
      }),
  }))
}

function WayBack({ step }: { step: Step }) {
  const back = stepBack(step)
  if ('words' in back) return back.words
  return (
    <span className="mono">
      <HostText text={back.command} />
    </span>
  )
}

/** Every file that the plan writes, as a diff. */
export function PlanFiles({ plan, names, path, params }: { plan: Plan; names: Names; path: string; params: Params }) {
  const files = plan.phases.flatMap((phase) =>
    phase.hosts.flatMap(({ hostId, steps }) => steps.filter(isFile).map((step) => ({ hostId, step }))),
  )
  if (files.length === 0) return null
  const isMany = Object.keys(names).length > 1
  return (
    <section className="mb-6" aria-label="Files">
      <SectionHead
        title="Files"
        note={`${files.length}; every byte that is not shown stays`}
        right={<DiffViewChoice path={path} params={params} />}
      />
      <div className="grid gap-2">
        {files.map(({ hostId, step }) => (
          <Diff
            key={`${hostId} ${step.id}`}
            name={step.path}
            diff={diffLines(textOf(step.before), textOf(step.after))}
            view={readDiffView(params)}
            about={isMany ? (names[hostId] ?? hostId) : undefined}
            note={noteOf(step)}
          />
        ))}
      </div>
    </section>
  )
}

/** What commands are given on standard input, each text once: statements, small programs. An approval is for these, too. */
export function PlanInputs({ plan, names }: { plan: Plan; names: Names }) {
  const inputs = inputsOf(plan)
  if (inputs.length === 0) return null
  const isMany = Object.keys(names).length > 1
  return (
    <section className="mb-6" aria-label="Given to commands">
      <SectionHead title="Given to commands" note="on standard input, byte for byte" />
      <div className="grid gap-2">
        {inputs.map(({ text, uses }) => (
          <Diff
            key={text}
            name={uses.map((use) => use.title).join('; ')}
            diff={diffLines(null, text)}
            about={isMany ? [...new Set(uses.map(({ hostId }) => names[hostId] ?? hostId))].join(', ') : undefined}
            folded={!hasWork(uses)}
          />
        ))}
      </div>
    </section>
  )
}

interface InputUse {
  hostId: string
  title: string
  /** Whether the command changes something. */
  changes: boolean
}

function inputsOf(plan: Plan): { text: string; uses: InputUse[] }[] {
  const found = new Map<string, InputUse[]>()
  const note = (text: string | undefined, use: InputUse) => {
    if (text !== undefined) found.set(text, [...(found.get(text) ?? []), use])
  }
  for (const { hosts } of plan.phases)
    for (const { hostId, steps } of hosts)
      for (const step of steps) {
        if (step.kind !== 'run' && step.kind !== 'job') continue
        note(step.input, { hostId, title: step.title, changes: !('nothing' in step.undo) })
        if ('run' in step.undo) note(step.undo.input, { hostId, title: `Way back of: ${step.title}`, changes: true })
      }
  return [...found].map(([text, uses]) => ({ text, uses }))
}

// What only looks is a press away.
function hasWork(uses: readonly InputUse[]): boolean {
  return uses.some(({ changes }) => changes)
}

function isFile(step: { kind: string }): step is FileStep {
  return step.kind === 'file'
}

function textOf(side: FileStep['before']): string | null {
  return side === null ? null : Buffer.from(side.bytes, 'latin1').toString('utf8')
}

function noteOf(step: FileStep): string {
  const side = step.after ?? step.before
  const owner = side ? `${side.owner}, ${side.mode}` : ''
  if (step.managedBy) return `also written by ${step.managedBy}`
  if (step.before === null) return `new file, ${owner}`
  if (step.after === null) return 'removed'
  return owner
}
