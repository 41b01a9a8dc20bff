export interface BarPart {
  id: string
  value: number
  /** A token. */
  colour: string
}

/**
 * Parts of a whole beside each other in one bar, in their order; parts of zero are left out. A picture only: the figures
 * stand beside it in words, so it is hidden from readers. `of` is the whole where the parts are not all of it.
 */
export function StackedBar({ parts, of }: { parts: readonly BarPart[]; of?: number }) {
  const whole = Math.max(
    of ?? 0,
    parts.reduce((sum, { value }) => sum + value, 0),
  )
  return (
    <span className="stacked-bar" aria-hidden="true">
      {parts
        .filter(({ value }) => value > 0)
        .map(({ id, value, colour }) => (
          <i key={id} style={{ width: `${((value / whole) * 100).toFixed(2)}%`, background: colour }} />
        ))}
    </span>
  )
}
