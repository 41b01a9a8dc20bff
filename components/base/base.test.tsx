import { describe, expect, it } from 'vitest'
import { render, tagsOf, textOf } from '../testing/render'
import { Bar } from './bar'
import { Button, ButtonLink } from './button'
import { Figure, formatFigure } from './figure'
import { RelativeTime } from './relative-time'
import { Segmented } from './segmented'
import { Sparkline } from './sparkline'
import { type Status, StatusMark } from './status-mark'
import { SubmitButton } from './submit-button'
import { Tabs } from './tabs'
import { Tag } from './tag'

describe('StatusMark', () => {
  const statuses: Status[] = ['ok', 'warn', 'bad', 'info', 'unknown', 'running', 'waiting', 'ask']

  it('says each status in a word of its own and draws it in a shape of its own', () => {
    const markups = statuses.map((status) => render(<StatusMark status={status} />))
    const shapes = markups.map((markup) => markup.replace(/class="[^"]*"/g, '').match(/<svg.*<\/svg>/)?.[0])
    expect(new Set(markups.map(textOf)).size).toBe(statuses.length)
    expect(new Set(shapes).size).toBe(statuses.length)
    expect(textOf(markups[4] ?? '')).toBe('Not known')
  })

  it('hides the shape from readers, because the word says it', () => {
    const markup = render(<StatusMark status="bad">Backup late</StatusMark>)
    expect(tagsOf(markup, 'svg')[0]).toContain('aria-hidden="true"')
    expect(textOf(markup)).toBe('Backup late')
  })
})

describe('Button', () => {
  it('sends no form unless it is a submit button', () => {
    expect(tagsOf(render(<Button>Read again</Button>), 'button')[0]).toContain('type="button"')
    expect(tagsOf(render(<SubmitButton>Add umber</SubmitButton>), 'button')[0]).toContain('type="submit"')
  })

  it('says that it is at it, and keeps the focus', () => {
    const markup = render(
      <SubmitButton pending pendingText="Adding umber">
        Add umber
      </SubmitButton>,
    )
    expect(textOf(markup)).toBe('Adding umber')
    expect(tagsOf(markup, 'button')[0]).toContain('aria-disabled="true"')
    expect(tagsOf(markup, 'button')[0]).not.toContain(' disabled')
  })

  it('is a link where it goes to a page', () => {
    expect(tagsOf(render(<ButtonLink href="/hosts/new">Add a host</ButtonLink>), 'a')[0]).toContain('href="/hosts/new"')
  })
})

describe('choices', () => {
  it('Tabs tell which page is open', () => {
    const tabs = [
      { href: '/hosts/1', label: 'Overview' },
      { href: '/hosts/1/changes', label: 'Changes', count: 1204 },
    ]
    const markup = render(<Tabs label="Host" tabs={tabs} current="/hosts/1" />)
    const [overview, changes] = tagsOf(markup, 'a')
    expect(tagsOf(markup, 'nav')[0]).toContain('aria-label="Host"')
    expect(overview).toContain('aria-current="page"')
    expect(changes).not.toContain('aria-current')
    expect(textOf(markup)).toBe('OverviewChanges1,204')
  })

  it('Segmented is a named group of buttons, or of links that keep the choice in the address', () => {
    const two = [
      { id: 'a', label: 'Unified' },
      { id: 'b', label: 'Side by side' },
    ]
    const buttons = render(<Segmented label="View" segments={two} chosen="b" />)
    expect(buttons).toContain('role="group" aria-label="View"')
    expect(tagsOf(buttons, 'button').map((tag) => tag.includes('aria-pressed="true"'))).toEqual([false, true])
    const links = render(
      <Segmented label="View" segments={two.map((one) => ({ ...one, href: `?v=${one.id}` }))} chosen="a" />,
    )
    expect(tagsOf(links, 'a').map((tag) => tag.includes('aria-current="true"'))).toEqual([true, false])
  })
})

describe('figures', () => {
  it('have three figures at most, a comma at the thousands, and the unit behind', () => {
    expect([0, 0.224, 12.54, 141.2, 1430, 1000.4].map((value) => formatFigure(value))).toEqual([
      '0',
      '0.22',
      '12.5',
      '141',
      '1,430',
      '1,000',
    ])
    expect(formatFigure(1.4, 2)).toBe('1.40')
    expect(textOf(render(<Figure value={46} unit="°C" />))).toBe('46°C')
  })

  it('never take unknown for zero', () => {
    expect(textOf(render(<Figure value={null} unit="%" />))).toBe('not read')
    expect(textOf(render(<Figure value={0} unit="%" />))).toBe('0%')
  })

  it('Bar stays within its frame', () => {
    expect(render(<Bar used={30} of={20} limit={16} />)).toContain('width:100.0%')
    expect(render(<Bar used={5} of={0} />)).toContain('width:0%')
  })

  it('Sparkline leaves a gap where nothing was read', () => {
    const markup = render(<Sparkline label="Load of umber" values={[1, 2, null, 3]} limit={2} />)
    expect(tagsOf(markup, 'svg')[0]).toContain('role="img" aria-label="Load of umber"')
    expect(tagsOf(markup, 'polyline')).toHaveLength(2)
    expect(render(<Sparkline label="Nothing" values={[null]} />)).not.toMatch(/NaN|Infinity/)
  })
})

it('RelativeTime carries the exact time with its zone', () => {
  const markup = render(<RelativeTime at={Date.now() - 3_600_000 * 5} />)
  expect(textOf(markup)).toBe('5 h ago')
  expect(tagsOf(markup, 'time')[0]).toMatch(/title="\d+ \w+ \d{4}, \d\d:\d\d:\d\d UTC"/)
  expect(tagsOf(markup, 'time')[0]).toContain('tabindex="0"')
  expect(textOf(render(<RelativeTime at="never" />))).toBe('not known')
})

it('Tag shows the shape of its status only where asked', () => {
  expect(render(<Tag kind="warn">legacy profile</Tag>)).not.toContain('<svg')
  expect(
    render(
      <Tag kind="running" mark>
        Applying
      </Tag>,
    ),
  ).toContain('mark-running')
})
