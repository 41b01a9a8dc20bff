import { clsx } from 'clsx'
import { type ComponentProps, useId } from 'react'
import { Field, type FieldTexts, helpId } from './field'

export interface SelectOption {
  value: string
  label: string
  disabled?: boolean
}

/** A choice of many by the system's own list. Takes everything a select takes, also `{...register('name')}`. */
export function SelectField({
  label,
  help,
  error,
  warn,
  optional,
  wide,
  options,
  id,
  className,
  ...select
}: Omit<ComponentProps<'select'>, 'children'> & FieldTexts & { wide?: boolean; options: readonly SelectOption[] }) {
  const own = useId()
  const fieldId = id ?? own
  return (
    <Field id={fieldId} {...{ label, help, error, warn, optional, wide }}>
      <select
        id={fieldId}
        className={clsx('input', className)}
        aria-invalid={error ? true : undefined}
        aria-describedby={helpId(fieldId)}
        {...select}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}
