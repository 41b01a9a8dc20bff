import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { HostText } from '../base/host-text'
import { revealText } from '../base/reveal'
import { Segmented } from '../base/segmented'
import { hrefWith, type Params } from '../table/sort'
import { DiffSides, DiffUnified } from './diff-code'
import type { FileDiff } from './diff-lines'

export type DiffView = 'unified' | 'side'

/** Which view the address asks for (`?diff=side`). */
export function readDiffView(params: Params): DiffView {
  return params.diff === 'side' ? 'side' : 'unified'
}

/** The choice of the two views; it lives in the address. */
export function DiffViewChoice({ path, params }: { path: string; params: Params }) {
  return (
    <Segmented
      label="How differences are shown"
      chosen={readDiffView(params)}
      segments={[
        { id: 'unified', label: 'Unified', href: hrefWith(path, { ...params, diff: undefined }) },
        { id: 'side', label: 'Side by side', href: hrefWith(path, { ...params, diff: 'side' }) },
      ]}
    />
  )
}

/** "+3 −1". */
export function DiffCount({ diff }: { diff: Pick<FileDiff, 'added' | 'removed'> }) {
  return (
    <span className="diff-count">
      {diff.added > 0 ? <span className="diff-plus">+{diff.added}</span> : null}
      {diff.removed > 0 ? <span className="diff-minus">−{diff.removed}</span> : null}
      {diff.added + diff.removed === 0 ? 'unchanged' : null}
    </span>
  )
}

/**
 * What a change does to one file, in a frame that folds: name, count, a note on what was carried over, the lines.
 * `diff` comes from `diffLines`; `about` stands beside the name ("new file", "written, tag checked").
 */
export function Diff({
  name,
  diff,
  view = 'unified',
  about,
  note,
  folded = false,
}: {
  name: string
  diff: FileDiff
  view?: DiffView
  about?: ReactNode
  note?: ReactNode
  folded?: boolean
}) {
  return (
    <details className="frame diff" open={!folded}>
      <summary className="frame-head">
        <ChevronDown className="ic diff-fold" />
        <span className="mono diff-name">
          <HostText text={name} />
        </span>
        <DiffCount diff={diff} />
        {about ? <span className="section-note">{about}</span> : null}
        {note ? <span className="frame-right max-m:hidden">{note}</span> : null}
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, which needs the focus without a mouse */}
      <section className="code" tabIndex={0} aria-label={`Changes of ${revealText(name)}`}>
        {view === 'side' ? <DiffSides diff={diff} /> : <DiffUnified diff={diff} />}
      </section>
    </details>
  )
}
