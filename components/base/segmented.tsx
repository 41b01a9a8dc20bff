'use client'

import Link from 'next/link'

export interface Segment {
  id: string
  label: string
  /** With an address the choice lives in the URL and works without a script. */
  href?: string
}

/** A choice of two to four that stand beside each other. `label` names the choice for readers. */
export function Segmented({
  label,
  segments,
  chosen,
  onChoose,
}: {
  label: string
  segments: readonly Segment[]
  chosen: string
  onChoose?: (id: string) => void
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame and a legend of its own
    <div className="seg" role="group" aria-label={label}>
      {segments.map((segment) =>
        segment.href ? (
          <Link key={segment.id} href={segment.href} scroll={false} aria-current={segment.id === chosen || undefined}>
            {segment.label}
          </Link>
        ) : (
          <button
            key={segment.id}
            type="button"
            aria-pressed={segment.id === chosen}
            onClick={() => onChoose?.(segment.id)}
          >
            {segment.label}
          </button>
        ),
      )}
    </div>
  )
}
