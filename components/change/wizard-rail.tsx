import Link from 'next/link'
import type { ReactNode } from 'react'
import { Mark, type Status } from '../base/status-mark'

export interface WizardStep {
  id: string
  title: string
  /** What was chosen there, or what comes: "vacs.fr", "7 checks". */
  note?: ReactNode
  /** `problem`: done once, but something there has to be put right. */
  state: 'done' | 'now' | 'later' | 'problem' | 'running'
  /** Every step that was reached can be gone back to. */
  href?: string
}

const marks: Readonly<Record<WizardStep['state'], Status>> = {
  done: 'ok',
  now: 'ask',
  later: 'waiting',
  problem: 'warn',
  running: 'running',
}
const words: Readonly<Record<WizardStep['state'], string>> = {
  done: 'done',
  now: 'open now',
  later: 'comes later',
  problem: 'has to be put right',
  running: 'running',
}

/** The six steps of a wizard with what was chosen, and its page beside them. */
export function Wizard({ steps, children }: { steps: readonly WizardStep[]; children: ReactNode }) {
  return (
    <div className="wizard">
      <WizardRail steps={steps} />
      <div>{children}</div>
    </div>
  )
}

export function WizardRail({ steps }: { steps: readonly WizardStep[] }) {
  // On a phone it scrolls sideways; where nothing in it takes the focus, it has to be reached itself.
  const hasLink = steps.some(({ href, state }) => href && state !== 'now' && state !== 'running')
  return (
    <nav className="wizard-rail" aria-label="Steps of the wizard">
      <ol tabIndex={hasLink ? undefined : 0}>
        {steps.map((step) => {
          const isNow = step.state === 'now' || step.state === 'running'
          return (
            <li
              key={step.id}
              data-later={step.state === 'later' ? '' : undefined}
              aria-current={isNow ? 'step' : undefined}
            >
              <Mark status={marks[step.state]} />
              {step.href && !isNow ? <Link href={step.href}>{step.title}</Link> : step.title}
              <span className="sr-only">, {words[step.state]}</span>
              {step.note ? <div className="wizard-note">{step.note}</div> : null}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

/** The bar at a wizard's foot: what will happen, in bold; what follows, below; the buttons, the primary one last. */
export function WizardBar({
  title,
  actions,
  children,
}: {
  title: ReactNode
  actions: ReactNode
  children?: ReactNode
}) {
  return (
    <div className="go-bar">
      <p className="go-text">
        <b>{title}</b>
        {children ? <span>{children}</span> : null}
      </p>
      <div className="go-acts">{actions}</div>
    </div>
  )
}
