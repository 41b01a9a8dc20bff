import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { Mark } from '../base/status-mark'

/** What every field says about itself. Where there are several, the error stands, else the warning, else the help. */
export interface FieldTexts {
  label: ReactNode
  help?: ReactNode
  /** What is wrong and what would be right. */
  error?: ReactNode
  /** What may surprise, while the value is allowed. */
  warn?: ReactNode
  optional?: boolean
}

/** The id of the help line that belongs to a control; put it into `aria-describedby`. */
export function helpId(id: string): string {
  return `${id}-help`
}

/**
 * Label above, help below, error in the help's place. `id` is the control's; the control itself is the child and
 * takes `aria-describedby={helpId(id)}` and `aria-invalid`.
 */
export function Field({
  id,
  label,
  optional,
  wide,
  children,
  ...texts
}: FieldTexts & { id: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={clsx('field', wide && 'field-wide')}>
      <label className="field-label" htmlFor={id}>
        {label}
        {optional ? <span className="field-optional">optional</span> : null}
      </label>
      {children}
      <FieldHelp id={id} {...texts} />
    </div>
  )
}

/** The line below a control. It stays in the page while empty, so that an error that appears is read out. */
export function FieldHelp({ id, help, error, warn }: { id: string } & Pick<FieldTexts, 'help' | 'error' | 'warn'>) {
  const tone = error ? 'bad' : warn ? 'warn' : undefined
  return (
    <div id={helpId(id)} className="field-help" data-tone={tone} aria-live="polite">
      {tone ? <Mark status={tone} /> : null}
      {error || warn || help}
    </div>
  )
}
