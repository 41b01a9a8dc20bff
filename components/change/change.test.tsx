import { describe, expect, it } from 'vitest'
import { render, tagsOf, textOf } from '../testing/render'
import { Board, type BoardHost } from './board'
import { Diff, DiffViewChoice, readDiffView } from './diff'
import { diffLines } from './diff-lines'
import { Journal } from './journal'
import type { JournalLine } from './journal-line'
import { type Ending, OutcomeNote } from './outcome-note'
import { countProved, Proof, type ProofItem } from './proof'
import { StepsTable } from './steps-table'
import { Undo } from './undo'
import { WizardBar, WizardRail } from './wizard-rail'

describe('Diff', () => {
  const diff = diffLines('a\nb <b>\n', 'a\nc \u202e<b>\n')

  it('shows − and + as characters, and what a host sent as text', () => {
    const markup = render(<Diff name="/etc/rc.local" diff={diff} note="runs before exit 0" />)
    expect(tagsOf(markup, 'del')).toHaveLength(1)
    expect(tagsOf(markup, 'ins')).toHaveLength(1)
    expect(textOf(markup)).toContain('2−b <b>')
    expect(textOf(markup)).toContain('2+c U+202E<b>')
    expect(tagsOf(markup, 'b')).toHaveLength(0)
    expect(textOf(markup)).toContain('+1−1')
    expect(tagsOf(markup, 'details')[0]).toContain('open')
  })

  it('has both views, and the choice lives in the address', () => {
    const choice = render(<DiffViewChoice path="/changes/1" params={{ diff: 'side', host: 'umber' }} />)
    expect(choice).toContain('href="/changes/1?host=umber"')
    expect(choice).toContain('href="/changes/1?diff=side&amp;host=umber"')
    expect([readDiffView({ diff: 'side' }), readDiffView({ diff: 'x' })]).toEqual(['side', 'unified'])
    expect(render(<Diff name="x" diff={diff} view="side" />)).toContain('side-pair')
  })
})

describe('Journal', () => {
  const line = (id: number, kind: JournalLine['kind'], text: string): JournalLine => ({
    id,
    at: Date.parse('2026-11-09T08:11:57Z') + id,
    host: 'umber',
    kind,
    text,
  })

  it('is a log with time, host and text; output stays plain text', () => {
    const lines = [line(1, 'done', '1.1 keep copies'), line(2, 'output', '<script>x</script>\n\u001b[31mred')]
    const markup = render(<Journal lines={lines} hosts={['umber']} live saveHref="/changes/1/journal" />)
    expect(markup).toContain('role="log" aria-label="Journal of all hosts" tabindex="0"')
    expect(textOf(markup)).toContain('08:11:57umber1.1 keep copies')
    expect(textOf(markup)).toContain('<script>x</script>\nESC[31mred')
    expect(tagsOf(markup, 'script')).toHaveLength(0)
    expect(textOf(markup)).toContain('Save the journal')
  })

  it('draws the last 500 of many lines and offers the others', () => {
    const markup = render(
      <Journal lines={Array.from({ length: 1700 }, (_, id) => line(id, 'note', `n${id}`))} hosts={[]} />,
    )
    expect(textOf(markup)).toContain('1,200 earlier lines')
    expect(textOf(markup)).not.toContain('n1199')
    expect(textOf(markup)).toContain('n1200')
  })
})

describe('Proof', () => {
  const item: ProofItem = {
    id: '1',
    title: 'sda uses mq-deadline',
    weight: 'must',
    verdict: 'no',
    expected: 'mq-deadline',
    seen: 'none\u0007',
  }

  it('says what was expected, what was seen and what follows', () => {
    expect(textOf(render(<Proof items={[item]} />))).toBe(
      'sda uses mq-deadlinenot soexpected mq-deadline, seen noneBEL',
    )
    expect(textOf(render(<Proof items={[{ ...item, seen: '' }]} />))).toContain('seen nothing')
  })

  it('does not round: unknown is unknown, and advice is no fault', () => {
    expect(render(<Proof items={[{ ...item, verdict: 'unknown', seen: null }]} />)).toContain('mark-unknown')
    expect(render(<Proof items={[{ ...item, weight: 'advise' }]} />)).toContain('mark-warn')
    expect(render(<Proof items={[item]} />)).toContain('mark-bad')
    expect(countProved([item, { ...item, verdict: 'yes' }])).toBe('1 of 2 seen')
  })
})

describe('Board', () => {
  const phases = [
    { number: 1, title: 'Keep' },
    { number: 2, title: 'Set', isNow: true },
  ]
  const host = (id: number, isDone: boolean): BoardHost => ({
    id: String(id),
    name: `host${id}`,
    isDone,
    cells: [{ status: 'ok', word: '3 of 3', note: '0.9 s' }],
  })

  it('is two tables, one for each width, with heads for both directions', () => {
    const markup = render(<Board phases={phases} hosts={[host(1, false), host(2, false)]} />)
    expect(tagsOf(markup, 'table')).toHaveLength(2)
    expect(tagsOf(markup, 'th').filter((tag) => tag.includes('aria-current="step"'))).toHaveLength(2)
    expect(tagsOf(markup, 'th').filter((tag) => tag.includes('scope="row"'))).toHaveLength(4)
  })

  it('leaves out of many hosts those that are done, and counts them', () => {
    const many = Array.from({ length: 13 }, (_, id) => host(id, id > 1))
    const text = textOf(render(<Board phases={phases} hosts={many} />))
    expect(text).toContain('host1')
    expect(text).not.toContain('host2')
    expect(text).toContain('11 other hosts are done.')
  })
})

it('StepsTable shows each step with its way back, and the host only where there are several', () => {
  const step = { id: 'a', number: '1.1', what: 'Set sda', how: 'write /sys/block/sda', wayBack: 'value of today' }
  const one = render(<StepsTable phases={[{ number: 1, title: 'Set', steps: [step] }]} />)
  expect(textOf(one)).toContain('1.1Set sdawrite /sys/block/sdavalue of today')
  expect(textOf(one)).not.toContain('Host')
  const two = render(<StepsTable phases={[{ number: 1, title: 'Set', steps: [{ ...step, host: 'umber' }] }]} />)
  expect(textOf(two)).toContain('Host')
  expect(two).toContain('colSpan="4"')
})

it('WizardRail tells which step is open and leads back to those that were', () => {
  const markup = render(
    <WizardRail
      steps={[
        { id: 'a', title: 'Hosts', note: 'umber', state: 'done', href: '/w/1/hosts' },
        { id: 'b', title: 'Settings', state: 'now', href: '/w/1/settings' },
        { id: 'c', title: 'Proof', state: 'later' },
      ]}
    />,
  )
  expect(tagsOf(markup, 'a').map((tag) => /href="([^"]*)"/.exec(tag)?.[1])).toEqual(['/w/1/hosts'])
  expect(tagsOf(markup, 'li').map((tag) => tag.includes('aria-current="step"'))).toEqual([false, true, false])
  expect(textOf(markup)).toBe('Hosts, doneumberSettings, open nowProof, comes later')
})

it('WizardBar and Undo say in words what happens', () => {
  expect(textOf(render(<WizardBar title="Applies 2 steps to umber." actions={null} />))).toBe(
    'Applies 2 steps to umber.',
  )
  const undo = render(<Undo>Each host keeps its own copy.</Undo>)
  const id = /id="([^"]*)"/.exec(tagsOf(undo, 'h2')[0] ?? '')?.[1]
  expect(tagsOf(undo, 'section')[0]).toContain(`aria-labelledby="${id}"`)
})

it.each<[Ending, string]>([
  ['applied', 'ok'],
  ['applied-unverified', 'unknown'],
  ['reverted', 'warn'],
  ['foreign-edit-kept', 'warn'],
  ['split', 'bad'],
  ['undo-failed', 'bad'],
  ['outcome-unknown', 'unknown'],
  ['nothing-to-do', 'info'],
  ['stale-plan', 'unknown'],
])('an ending %s is shown as %s', (ending, status) => {
  expect(render(<OutcomeNote ending={ending}>On umber.</OutcomeNote>)).toContain(`mark-${status}`)
})
