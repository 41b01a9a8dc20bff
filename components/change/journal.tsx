'use client'

import { Download } from 'lucide-react'
import { useState } from 'react'
import { Segmented } from '../base/segmented'
import { StatusMark } from '../base/status-mark'
import type { JournalLine } from './journal-line'
import { JournalLog } from './journal-log'

const all = ''

/**
 * What happened, line by line; while `live`, `lines` grows and the end stays in sight. With more than one host the
 * lines can be narrowed to one. `saveHref` is where the whole journal can be had as a file; `kept` lines stand only there.
 */
export function Journal({
  lines,
  hosts,
  live = false,
  saveHref,
  kept,
}: {
  lines: readonly JournalLine[]
  hosts: readonly string[]
  live?: boolean
  saveHref?: string
  kept?: number
}) {
  const [host, setHost] = useState(all)
  const shown = host === all ? lines : lines.filter((line) => line.host === host || line.host === 'all')
  return (
    <section className="frame" aria-label="Journal">
      <div className="frame-head">
        <h2>Journal</h2>
        {live ? <StatusMark status="running">live</StatusMark> : null}
        <span className="frame-right">
          {hosts.length > 1 && hosts.length < 5 ? (
            <span className="max-m:hidden">
              <Segmented
                label="Lines of"
                chosen={host}
                onChoose={setHost}
                segments={[
                  { id: all, label: hosts.length === 2 ? 'Both' : 'All' },
                  ...hosts.map((name) => ({ id: name, label: name })),
                ]}
              />
            </span>
          ) : null}
          {saveHref ? (
            <a className="link" href={saveHref} download>
              <Download className="ic" />
              <span className="sr-only">Save the journal</span>
            </a>
          ) : null}
        </span>
      </div>
      {shown.length === 0 ? (
        <p className="log text-text-3 px-3">Nothing has happened yet.</p>
      ) : (
        <JournalLog
          lines={shown}
          label={host === all ? 'Journal of all hosts' : `Journal of ${host}`}
          kept={kept}
          keptHref={saveHref}
        />
      )}
    </section>
  )
}
