import { Figure } from '@/components/base/figure'
import { byteFigure, exactBytesText } from '@/lib/catalog/rules'

/** Bytes in the unit that fits, exact on hover; what is not known says so. */
export function Bytes({ bytes }: { bytes: number | null }) {
  if (bytes === null) return <span className="text-text-3">unknown</span>
  const { value, unit } = byteFigure(bytes)
  return (
    <span title={exactBytesText(bytes)}>
      <Figure value={value} unit={unit} />
    </span>
  )
}
