'use client'

import { Button } from '@/components/base/button'
import { Note } from '@/components/show/finding'
import { usePlan } from './use-plan'

/** The console that may do no more than these forms: by a change, or its text to paste. */
export function ConsoleForm({
  catalogId,
  texts,
}: {
  catalogId: string
  texts: readonly { path: string; text: string }[]
}) {
  const { press, problem, isPending } = usePlan(catalogId)
  return (
    <div className="console-form">
      <p className="text-text-2">
        Without a console of its own, Pollux uses the one that may do everything. This one may look, and do what the
        forms here ask for: no SQL, no delete, no purge, no restore. It counts as soon as its file is there.
      </p>
      <div className="flex gap-2">
        <Button
          kind="primary"
          disabled={isPending}
          aria-busy={isPending}
          onClick={() => press({ kind: 'console', present: true })}
        >
          Plan the console
        </Button>
        <Button disabled={isPending} aria-busy={isPending} onClick={() => press({ kind: 'console', present: false })}>
          Plan to take it away
        </Button>
      </div>
      {problem === null ? null : (
        <Note status="info" title="No plan came of this" live>
          {problem}
        </Note>
      )}
      <h3>By hand</h3>
      {texts.map(({ path, text }) => (
        <div key={path}>
          <p className="text-text-2">
            {path.endsWith('bacula-dir.conf') ? 'At the end of ' : 'As '}
            <code>{path}</code>
            {path.endsWith('bacula-dir.conf')
              ? ', then tell bconsole to reload:'
              : ', mode 0640, of root and the group bacula:'}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
          <pre className="paste" tabIndex={0}>
            {text}
          </pre>
        </div>
      ))}
    </div>
  )
}
