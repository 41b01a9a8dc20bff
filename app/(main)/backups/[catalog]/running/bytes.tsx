import { Figure } from '@/components/base/figure'
import { byteFigure, exactBytesText } from '@/lib/catalog/rules/units'

/** Bytes as a figure, the exact number on hover; "unknown" is a word, never a zero. */
export function Bytes({ bytes, perSecond = false }: { bytes: number | null; perSecond?: boolean }) {
  if (bytes === null) return <span className="text-text-3">unknown</span>
  const { value, unit } = byteFigure(bytes)
  return (
    <span title={perSecond ? undefined : exactBytesText(bytes)}>
      <Figure value={value} unit={perSecond ? `${unit}/s` : unit} />
    </span>
  )
}
