'use client'

import { Fragment } from 'react'
import { Button } from '../base/button'
import { Kbd } from '../base/kbd'
import type { KeyHint } from '../frame/keys-bar'
import { useOfferedPages } from '../frame/offered-pages'
import Dialog from './dialog'

const everywhere: readonly KeyHint[] = [
  { keys: ['Ctrl K'], does: 'find or do' },
  { keys: ['/'], does: 'filter the list' },
  { keys: ['J', 'K'], does: 'go down and up the rows' },
  { keys: ['Enter'], does: 'open the row' },
  { keys: ['X'], does: 'choose the row' },
  { keys: ['Esc'], does: 'close what floats' },
]

/** The list of all keys: those of the open page first. */
export default function KeysHelp({
  keys,
  open,
  onOpenChange,
}: {
  keys: readonly KeyHint[]
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const go = useOfferedPages().map((page) => ({ keys: ['G', page.key.toUpperCase()], does: `go to ${page.label}` }))
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys">
      {keys.length > 0 ? <KeyList title="On this page" keys={keys} /> : null}
      <KeyList title="Everywhere" keys={[...everywhere, ...go]} />
      <div className="dialog-acts">
        <Button onClick={() => onOpenChange(false)}>Close the list</Button>
      </div>
    </Dialog>
  )
}

function KeyList({ title, keys }: { title: string; keys: readonly KeyHint[] }) {
  return (
    <>
      <p className="label">{title}</p>
      <dl className="keys-help">
        {keys.map((hint) => (
          <Fragment key={hint.does}>
            <dt>
              {hint.keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{hint.does}</dd>
          </Fragment>
        ))}
      </dl>
    </>
  )
}
