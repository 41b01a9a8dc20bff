import { HostText } from '@/components/base/host-text'
import { Diff, DiffViewChoice, readDiffView } from '@/components/change/diff'
import { diffLines } from '@/components/change/diff-lines'
import { SectionHead } from '@/components/frame/page-head'
import type { Params } from '@/components/table/sort'
import type { ChangeView } from '@/lib/changes/get-change'
import type { HowDiffers } from '@/lib/changes/plan-difference'

const words: Readonly<Record<HowDiffers, string>> = { added: 'new', removed: 'gone', changed: 'changed' }

/** How the new plan differs from the one that was approved: what an approval given now adds to the last. */
export function DifferenceSection({ change, params }: { change: ChangeView; params: Params }) {
  const { difference } = change
  if (!difference) return null
  const { steps, files, checks } = difference
  const nameOf = (hostId: string) => change.hostNames[hostId] ?? hostId
  const count = steps.length + checks.length
  return (
    <section className="mb-6" aria-label="What differs">
      <SectionHead
        title="What differs from the plan before"
        note={
          count === 0
            ? 'the same steps and checks'
            : `${counted(steps.length, 'step')}, ${counted(checks.length, 'check')}`
        }
        right={files.length > 0 ? <DiffViewChoice path={`/changes/${change.id}`} params={params} /> : undefined}
      />
      <ul className="mb-4">
        {steps.map((step) => (
          <li key={`${step.hostId} ${step.title} ${step.how}`}>
            Step on {nameOf(step.hostId)}, {words[step.how]}: {step.title}
          </li>
        ))}
        {checks.map((check) => (
          <li key={`${check.hostId} ${check.title} ${check.how}`}>
            Check on {nameOf(check.hostId)}, {words[check.how]}: {check.title}. Expected{' '}
            <span className="mono">
              <HostText text={check.before ?? 'nothing'} max={120} />
            </span>
            , expects now{' '}
            <span className="mono">
              <HostText text={check.after ?? 'nothing'} max={120} />
            </span>
          </li>
        ))}
      </ul>
      <div className="grid gap-2">
        {files.map((file) => (
          <Diff
            key={`${file.hostId} ${file.path}`}
            name={file.path}
            diff={diffLines(text(file.before), text(file.after))}
            view={readDiffView(params)}
            about={nameOf(file.hostId)}
            note="what would stand there: by the plan before, by the new one"
          />
        ))}
      </div>
    </section>
  )
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

function text(bytes: string | null): string | null {
  return bytes === null ? null : Buffer.from(bytes, 'latin1').toString('utf8')
}
