/**
 * How much of a whole is used, both in the same unit. `limit` draws a dashed line where a threshold stands.
 * It is a picture only: the figures stand beside it in words, so it is hidden from readers.
 */
export function Bar({
  used,
  of,
  limit,
  tone = 'plain',
}: {
  used: number
  of: number
  limit?: number
  tone?: 'plain' | 'warn' | 'bad'
}) {
  const percent = (value: number) => `${of > 0 ? Math.min(100, Math.max(0, (value / of) * 100)).toFixed(1) : 0}%`
  const fill = tone === 'plain' ? undefined : `var(--${tone}-mark)`
  return (
    <span className="bar" aria-hidden="true">
      <i style={{ width: percent(used), background: fill }} />
      {limit === undefined ? null : <b style={{ left: percent(limit) }} />}
    </span>
  )
}
