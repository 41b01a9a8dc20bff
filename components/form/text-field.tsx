import { clsx } from 'clsx'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { Field, type FieldTexts, helpId } from './field'

interface Shape {
  /** For addresses, keys, paths: what is copied letter by letter. */
  mono?: boolean
  wide?: boolean
}

/** One line of text. Takes everything an input takes, also `{...register('name')}` and `defaultValue`. */
export function TextField({
  label,
  help,
  error,
  warn,
  optional,
  mono,
  wide,
  suffix,
  id,
  className,
  ...input
}: ComponentProps<'input'> & FieldTexts & Shape & { suffix?: ReactNode }) {
  const own = useId()
  const fieldId = id ?? own
  const control = (
    <input
      id={fieldId}
      type="text"
      autoComplete="off"
      className={clsx('input', mono && 'input-mono', className)}
      aria-invalid={error ? true : undefined}
      aria-describedby={helpId(fieldId)}
      {...input}
    />
  )
  return (
    <Field id={fieldId} {...{ label, help, error, warn, optional, wide }}>
      {suffix ? (
        <div className="field-with-suffix">
          {control}
          <span className="text-text-3">{suffix}</span>
        </div>
      ) : (
        control
      )}
    </Field>
  )
}

/** Several lines of text: a note, a pasted key, a list of hosts. */
export function TextareaField({
  label,
  help,
  error,
  warn,
  optional,
  mono,
  wide,
  id,
  className,
  ...textarea
}: ComponentProps<'textarea'> & FieldTexts & Shape) {
  const own = useId()
  const fieldId = id ?? own
  return (
    <Field id={fieldId} {...{ label, help, error, warn, optional, wide }}>
      <textarea
        id={fieldId}
        rows={4}
        spellCheck={mono ? false : undefined}
        className={clsx('input', mono && 'input-mono', className)}
        aria-invalid={error ? true : undefined}
        aria-describedby={helpId(fieldId)}
        {...textarea}
      />
    </Field>
  )
}
