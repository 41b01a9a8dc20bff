import { clsx } from 'clsx'
import { HostText } from '../base/host-text'
import type { DiffLine, FileDiff } from './diff-lines'
import { sideBySide } from './side-by-side'

const signs = { same: ' ', add: '+', del: '−' } as const

/** The lines one under the other, removed before added. */
export function DiffUnified({ diff }: { diff: FileDiff }) {
  return diff.lines.map((line, index) =>
    line.kind === 'gap' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a diff never change places
      <Gap key={index} lines={line.lines} />
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a diff never change places
      <CodeLine key={index} line={line} number={line.kind === 'del' ? line.before : line.after} />
    ),
  )
}

/** Before at the left, after at the right. */
export function DiffSides({ diff }: { diff: FileDiff }) {
  return (
    <div className="sides">
      {sideBySide(diff).map((row, index) =>
        row.kind === 'gap' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a diff never change places
          <Gap key={index} lines={row.lines} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a diff never change places
          <div key={index} className="side-pair">
            {row.left ? <CodeLine line={row.left} number={row.left.before} /> : <div className="dl dl-none" />}
            {row.right ? <CodeLine line={row.right} number={row.right.after} /> : <div className="dl dl-none" />}
          </div>
        ),
      )}
    </div>
  )
}

function Gap({ lines }: { lines: number }) {
  return <div className="dl dl-gap">… {lines.toLocaleString('en')} lines unchanged</div>
}

function CodeLine({ line, number }: { line: DiffLine; number: number | null }) {
  const text = (
    <>
      {line.segments.map((segment, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the words of a line never change places
        <span key={index} className={segment.isChanged ? 'dl-word' : undefined}>
          <HostText text={segment.text} keep="tabs" />
        </span>
      ))}
      {line.isUnended ? <span className="dl-end"> no line break at the end</span> : null}
    </>
  )
  return (
    <div className={clsx('dl', `dl-${line.kind}`)}>
      <span className="dl-number">{number}</span>
      <span className="dl-sign">{signs[line.kind]}</span>
      {line.kind === 'add' ? <ins>{text}</ins> : line.kind === 'del' ? <del>{text}</del> : <span>{text}</span>}
    </div>
  )
}
