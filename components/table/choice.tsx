'use client'

/** A choice as it crosses the wire: its value and its words. */
export type ChoiceOption = readonly [value: string, label: string]

/**
 * One choice of a filter. It is drawn here and not on the server alone since hundreds of options as elements cost a page more
 * than the question that found them: so they are sent as texts.
 */
export function Choice({
  name,
  label,
  value,
  options,
}: {
  name: string
  label: string
  value: string
  options: readonly ChoiceOption[]
}) {
  return (
    <select className="input" name={name} defaultValue={value} aria-label={label}>
      <option value="">{label}: any</option>
      {options.map(([each, words]) => (
        <option key={each} value={each}>
          {words}
        </option>
      ))}
    </select>
  )
}
