import { expect, it } from 'vitest'
import { render, tagsOf, textOf } from '../testing/render'
import { EmptyState } from './empty-state'
import { FactsLine, KeyValue } from './facts-line'
import { Finding, Note } from './finding'
import { Need, NeedGroup } from './need'
import { SkeletonPage } from './skeleton'

it('facts are pairs of term and value', () => {
  for (const List of [FactsLine, KeyValue]) {
    const markup = render(
      <List
        facts={[
          { label: 'Up', value: '77 d' },
          { label: 'Load', value: 2, note: '1.8 1.7' },
        ]}
      />,
    )
    expect(tagsOf(markup, 'dt')).toHaveLength(2)
    expect(textOf(markup)).toBe('Up77 dLoad2 1.8 1.7')
  }
})

it('a note is read out only where it answers somebody', () => {
  expect(render(<Note status="bad" title="umber can’t be reached" />)).not.toContain('role=')
  expect(render(<Note status="bad" title="umber can’t be reached" live />)).toContain('role="alert"')
  expect(render(<Note status="info" title="Nothing to do" live />)).toContain('role="status"')
})

it('a finding carries its status as a shape and its sentence as a heading', () => {
  const markup = render(
    <Finding status="warn" title="The disk fills up">
      Why
    </Finding>,
  )
  expect(markup).toContain('--finding:var(--warn-mark)')
  expect(markup).toContain('mark-warn')
  expect(tagsOf(markup, 'h2')).toHaveLength(1)
})

it('a need has one link that Enter opens, in a group with a name', () => {
  const markup = render(
    <NeedGroup title="Now">
      <Need status="bad" title="umber is out of reach" href="/hosts/1" act={<button type="button">See why</button>}>
        No answer since 08:12.
      </Need>
    </NeedGroup>,
  )
  const id = /id="([^"]*)"/.exec(tagsOf(markup, 'h2')[0] ?? '')?.[1]
  expect(tagsOf(markup, 'section')[0]).toContain(`aria-labelledby="${id}"`)
  expect(tagsOf(markup, 'article')[0]).toContain('data-row')
  expect(tagsOf(markup, 'a')).toHaveLength(1)
  expect(tagsOf(markup, 'a')[0]).toContain('data-row-link')
})

it('an empty place says what it is for and has a button', () => {
  const markup = render(
    <EmptyState title="No hosts yet" actions={<button type="button">Add the first host</button>}>
      Pollux reads each host over SSH.
    </EmptyState>,
  )
  expect(textOf(markup)).toBe('No hosts yetPollux reads each host over SSH.Add the first host')
})

it('a skeleton says once that something comes, and hides its shapes', () => {
  const markup = render(<SkeletonPage rows={3} />)
  expect(textOf(markup)).toBe('Loading')
  expect(markup.match(/role="status"/g)).toHaveLength(1)
  expect(tagsOf(markup, 'i').length).toBeGreaterThan(15)
})
