import { type ComponentProps, type ReactNode, useId } from 'react'
import { FieldHelp, type FieldTexts, helpId } from './field'

export interface RadioCard {
  value: string
  label: ReactNode
  /** What follows from it. */
  help?: ReactNode
  disabled?: boolean
}

/** A choice of few, each with what follows from it. The other props go to every radio: `{...register('kind')}`. */
export function RadioCards({
  label,
  help,
  error,
  warn,
  optional,
  cards,
  defaultValue,
  value,
  ...input
}: Omit<ComponentProps<'input'>, 'type' | 'defaultValue' | 'value'> &
  FieldTexts & { name: string; cards: readonly RadioCard[]; defaultValue?: string; value?: string }) {
  const id = useId()
  return (
    <fieldset className="field" aria-describedby={helpId(id)}>
      <legend>
        {label}
        {optional ? <span className="field-optional">optional</span> : null}
      </legend>
      <div className="choice-cards">
        {cards.map((card) => (
          <label key={card.value} className="choice-card">
            <input
              type="radio"
              {...input}
              value={card.value}
              disabled={card.disabled ?? input.disabled}
              checked={value === undefined ? undefined : value === card.value}
              defaultChecked={
                value === undefined && defaultValue !== undefined ? defaultValue === card.value : undefined
              }
            />
            <span>{card.label}</span>
            {card.help ? <span className="field-help">{card.help}</span> : null}
          </label>
        ))}
      </div>
      <FieldHelp id={id} {...{ help, error, warn }} />
    </fieldset>
  )
}
