import { type ComponentProps, useId } from 'react'
import { FieldHelp, type FieldTexts, helpId } from './field'

/** One thing that is on or off; the label stands behind the box. */
export function CheckField({
  label,
  help,
  error,
  warn,
  id,
  ...input
}: Omit<ComponentProps<'input'>, 'type'> & Omit<FieldTexts, 'optional'>) {
  const own = useId()
  const fieldId = id ?? own
  return (
    <div className="check">
      <input
        id={fieldId}
        type="checkbox"
        aria-invalid={error ? true : undefined}
        aria-describedby={helpId(fieldId)}
        {...input}
      />
      <label htmlFor={fieldId}>{label}</label>
      <FieldHelp id={fieldId} {...{ help, error, warn }} />
    </div>
  )
}
