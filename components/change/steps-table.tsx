import { Fragment, type ReactNode } from 'react'
import { HostText } from '../base/host-text'
import { Mark, type Status } from '../base/status-mark'

export interface StepRow {
  id: string
  /** "2.1". */
  number: string
  /** What it does, in words. */
  what: ReactNode
  /** The host, where the plan has more than one. */
  host?: string
  /** As it will be run or written: a command, "write /etc/rc.local". */
  how: string
  wayBack: ReactNode
  /** Once the change runs: how far the step is. */
  status?: Status
}

export interface StepPhase {
  number: number
  title: string
  note?: ReactNode
  steps: readonly StepRow[]
}

/** The steps of a plan by phase: what, how, and the way back of each. */
export function StepsTable({ phases }: { phases: readonly StepPhase[] }) {
  const hasHosts = phases.some((phase) => phase.steps.some((step) => step.host))
  return (
    <div className="table-wrap">
      <table className="data-table steps" aria-label="Steps">
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">Number</span>
            </th>
            <th scope="col">What</th>
            {hasHosts ? <th scope="col">Host</th> : null}
            <th scope="col">How</th>
            <th scope="col">Way back</th>
          </tr>
        </thead>
        <tbody>
          {phases.map((phase) => (
            <Fragment key={phase.number}>
              <tr className="step-phase">
                <td className="step-number">{phase.number}</td>
                <th scope="rowgroup" colSpan={hasHosts ? 4 : 3}>
                  {phase.title}
                  {phase.note ? <span className="step-note">{phase.note}</span> : null}
                </th>
              </tr>
              {phase.steps.map((step) => (
                <Step key={step.id} step={step} hasHosts={hasHosts} />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Step({ step, hasHosts }: { step: StepRow; hasHosts: boolean }) {
  return (
    <tr>
      <td className="step-number">{step.number}</td>
      <td>
        <span className="flex gap-2">
          {step.status ? <Mark status={step.status} className="mt-1 flex-none" /> : null}
          <span>{step.what}</span>
        </span>
      </td>
      {hasHosts ? <td className="text-text-2">{step.host}</td> : null}
      <td className="mono text-text-2">
        <HostText text={step.how} />
      </td>
      <td className="text-text-2 step-back">{step.wayBack}</td>
    </tr>
  )
}
