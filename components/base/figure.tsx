/** A number with its unit, the unit paler. `null` means that it could not be read, and says so. */
export function Figure({ value, unit, digits }: { value: number | string | null; unit?: string; digits?: number }) {
  if (value === null) return <span className="text-text-3">not read</span>
  return (
    <span className="nowrap">
      {typeof value === 'number' ? formatFigure(value, digits) : value}
      {unit ? <span className="unit">{unit}</span> : null}
    </span>
  )
}

/** Three figures at most, thousands with a comma: 0.22, 12.5, 1,430. `digits` fixes the places after the point. */
export function formatFigure(value: number, digits?: number): string {
  const size = Math.abs(value)
  const places = digits ?? (Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : 2)
  return figureFormat(digits ?? 0, places).format(value)
}

/** Kept, as making one takes forty times as long as using it. */
const figureFormats = new Map<string, Intl.NumberFormat>()

function figureFormat(minimumFractionDigits: number, maximumFractionDigits: number): Intl.NumberFormat {
  const key = `${minimumFractionDigits} to ${maximumFractionDigits}`
  const format = figureFormats.get(key) ?? new Intl.NumberFormat('en', { minimumFractionDigits, maximumFractionDigits })
  figureFormats.set(key, format)
  return format
}
