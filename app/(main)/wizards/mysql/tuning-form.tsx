'use client'

import { useEffect, useRef, useState } from 'react'
import type { ServerView, TuningAim, TuningPreview, TuningSituation } from '@/agents/mysql/view'
import { WizardBar } from '@/components/change/wizard-rail'
import { RadioCards } from '@/components/form/radio-cards'
import { TextField } from '@/components/form/text-field'
import { Note } from '@/components/show/finding'
import { useKeptDraft } from '../use-kept-draft'
import { PlanButton, usePlanning } from '../use-planning'
import { previewTuningAction } from './actions'
import { MemoryBar } from './memory-bar'
import { bytesText } from './texts'
import { ValueTable } from './value-table'

const MEGABYTE = 2 ** 20

type Edited = Record<string, string | null>

/** The wizard's form: what the machine is for, what the server may take, and the values that come of it, each to be written over. */
export function TuningForm({
  host,
  server,
  situation,
  aim: firstAim,
  first,
}: {
  host: { id: string; name: string }
  server: ServerView
  situation: TuningSituation
  aim: TuningAim
  first: TuningPreview
}) {
  const [aim, setAim] = useState(firstAim)
  const [budget, setBudget] = useState(String(Math.round(firstAim.budgetBytes / MEGABYTE)))
  const [edited, setEdited] = useState<Edited>({})
  const [restarts, setRestarts] = useState(true)
  const { preview, problem, isCounting } = usePreview(first, situation, aim, edited)

  const desired = desiredOf(server, preview, aim, restarts)
  const draft = useKeptDraft('mysql', desired)
  const choose = (part: Partial<TuningAim>) => setAim((before) => ({ ...before, ...part }))
  const megabytes = /^\d{1,8}$/.test(budget.trim()) ? Number(budget) : null
  const writeBudget = (text: string) => {
    setBudget(text)
    if (/^\d{1,8}$/.test(text.trim()) && Number(text) >= 16) choose({ budgetBytes: Number(text) * MEGABYTE })
  }
  const write = (name: string, text: string | null | undefined) =>
    setEdited(({ [name]: _, ...others }) => (text === undefined ? others : { ...others, [name]: text }))
  const wrong = preview.rows.find((row) => row.problem !== null)
  const { plan, answer, isPlanning } = usePlanning('mysql', [host.id])

  return (
    <form action={() => plan(desired)}>
      <RadioCards
        label="What the machine is for"
        name="purpose"
        value={aim.purpose}
        onChange={(event) => choose({ purpose: event.target.value as TuningAim['purpose'] })}
        cards={[
          { value: 'alone', label: 'This server alone', help: 'The memory is its own.' },
          { value: 'shared', label: 'Other programs too', help: 'They keep what they have.' },
          { value: 'tiny-nas', label: 'A small NAS', help: 'Every megabyte counts; slow is better than swapping.' },
        ]}
      />
      <RadioCards
        label="What the server does"
        name="load"
        value={aim.load}
        onChange={(event) => choose({ load: event.target.value as TuningAim['load'] })}
        cards={[
          { value: 'bacula', label: 'Bacula’s catalog', help: 'Few connections, large batches of rows.' },
          { value: 'web', label: 'A web application', help: 'Many connections, small questions.' },
          { value: 'general', label: 'This and that', help: 'A bit of both.' },
        ]}
      />
      <TextField
        label="Memory that the server may use"
        name="budget"
        inputMode="numeric"
        suffix={`MB of ${bytesText(situation.machine.memTotal)}`}
        value={budget}
        onChange={(event) => writeBudget(event.target.value)}
        error={megabytes === null || megabytes < 16 ? 'Expected a whole number of megabytes, at least 16.' : undefined}
      />
      <div aria-live="polite">
        {problem ? (
          <Note status="bad" title="The values could not be counted">
            {problem}
          </Note>
        ) : null}
        {preview.refusals.map((sentence) => (
          <div className="mb-3" key={sentence}>
            <Note status="bad" title="Not everything can be had">
              {sentence}
            </Note>
          </div>
        ))}
        {preview.isWithin ? null : (
          <div className="mb-3">
            <Note status="warn" title="These values go beyond the budget">
              The server could take {bytesText(preview.totalBytes)} when all connections come at once, and it may have{' '}
              {bytesText(aim.budgetBytes)}.
            </Note>
          </div>
        )}
        <div className="mb-4">
          {preview.warnings.map(({ level, sentence }) => (
            <p key={sentence} className={level === 'note' ? 'text-text-2' : 'text-warn-text'}>
              {sentence}
            </p>
          ))}
        </div>
      </div>
      <MemoryBar
        preview={preview}
        memTotal={situation.machine.memTotal}
        others={situation.machine.otherProcessesRss}
        budget={aim.budgetBytes}
      />
      <ValueTable rows={preview.rows} texts={edited} onWrite={write} />
      <div className="mt-4">
        <RadioCards
          label="Values that take a restart"
          name="restart"
          value={restarts ? 'now' : 'later'}
          onChange={(event) => setRestarts(event.target.value === 'now')}
          cards={[
            {
              value: 'now',
              label: 'Restart the server',
              help: server.connections
                ? `${server.connections} connections end. The old server is back if it does not answer.`
                : 'Nobody is connected now. The old server is back if it does not answer.',
            },
            {
              value: 'later',
              label: 'Do not restart',
              help: 'What can be set in the running server is; the rest waits.',
            },
          ]}
        />
      </div>
      {answer}
      <WizardBar
        title={summary(host.name, Object.keys(desired.values).length, aim)}
        actions={<PlanButton isPlanning={isPlanning} isWaiting={isCounting} disabled={wrong !== undefined} />}
      >
        {wrong?.problem ?? draft}
      </WizardBar>
    </form>
  )
}

/**
 * The preview for what is chosen now; the last one stays while the next is computed, and no plan is made of it then. An
 * answer that came late is dropped.
 */
function usePreview(first: TuningPreview, situation: TuningSituation, aim: TuningAim, edited: Edited) {
  const [state, setState] = useState<{ preview: TuningPreview; problem: string | null }>({
    preview: first,
    problem: null,
  })
  const [isCounting, setIsCounting] = useState(false)
  const isFirst = useRef(true)
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      return
    }
    let isOld = false
    setIsCounting(true)
    const timer = setTimeout(async () => {
      const result = await previewTuningAction({ situation, aim, edited })
      if (isOld) return
      setIsCounting(false)
      setState((before) =>
        result.ok ? { preview: result.data, problem: null } : { ...before, problem: result.error.message },
      )
    }, 250)
    return () => {
      isOld = true
      clearTimeout(timer)
    }
  }, [situation, aim, edited])
  return { ...state, isCounting }
}

/** What is written: every value that is another than today's, or that Pollux's file sets already. */
function desiredOf({ key, ours }: ServerView, { rows }: TuningPreview, aim: TuningAim, restart: boolean) {
  const written = rows.filter(({ name, to, isKept }) => to !== null && (!isKept || ours[name] !== undefined))
  return {
    kind: 'tune' as const,
    server: key,
    aim,
    values: Object.fromEntries(written.map(({ name, to }) => [name, (to ?? '').trim()])),
    loose: written.filter(({ isLoose }) => isLoose).map(({ name }) => name),
    restart,
    makeTmpdir: false,
  }
}

function summary(name: string, count: number, { budgetBytes }: TuningAim): string {
  if (count === 0) return `${name} has these values already.`
  return `${count} ${count === 1 ? 'value' : 'values'} for a server of at most ${bytesText(budgetBytes)} on ${name}.`
}
