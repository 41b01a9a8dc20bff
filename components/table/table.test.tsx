import { describe, expect, it } from 'vitest'
import { render, tagsOf, textOf } from '../testing/render'
import { type Column, DataTable } from './data-table'
import { FilterBar } from './filter-bar'

interface Row {
  id: string
  name: string
  load: number
}
const rows: Row[] = [
  { id: '1', name: 'umber', load: 0.2 },
  { id: '2', name: 'sienna', load: 1.4 },
]
const columns: Column<Row>[] = [
  { id: 'name', head: 'Host', cell: (row) => row.name, sortable: true, foot: '2 hosts' },
  { id: 'load', head: 'Load', cell: (row) => row.load, number: true, sortable: true },
  { id: 'note', head: 'Note', cell: () => null, hideOnPhone: true },
]
const base = { label: 'Hosts', columns, rows, rowId: (row: Row) => row.id }

describe('DataTable', () => {
  it('is a real table with a name, heads and row heads', () => {
    const markup = render(<DataTable {...base} rowHref={(row) => `/hosts/${row.id}`} />)
    expect(tagsOf(markup, 'table')[0]).toContain('aria-label="Hosts"')
    expect(tagsOf(markup, 'th').map((tag) => /scope="(\w+)"/.exec(tag)?.[1])).toEqual([
      'col',
      'col',
      'col',
      'row',
      'row',
    ])
    expect(tagsOf(markup, 'a').map((tag) => /href="([^"]*)"/.exec(tag)?.[1])).toEqual(['/hosts/1', '/hosts/2'])
    expect(textOf(markup.match(/<tfoot>.*<\/tfoot>/)?.[0] ?? '')).toBe('2 hosts')
  })

  it('sorts by links and says which way', () => {
    const sort = { now: { by: 'load', descending: true }, path: '/hosts', params: { q: 'u', sort: '-load' } }
    const markup = render(<DataTable {...base} sort={sort} />)
    expect(
      tagsOf(markup, 'th')
        .slice(0, 3)
        .map((tag) => /aria-sort="(\w+)"/.exec(tag)?.[1]),
    ).toEqual(['none', 'descending', undefined])
    expect(markup).toContain('href="/hosts?q=u&amp;sort=load"')
    expect(markup).toContain('href="/hosts?q=u&amp;sort=name"')
  })

  it('has a named box for each row and one for all, and the deeds beside them', () => {
    const choose = {
      name: 'host',
      noun: 'hosts',
      rowLabel: (row: Row) => `Choose ${row.name}`,
      actions: <button type="submit">Read again</button>,
    }
    const markup = render(<DataTable {...base} choose={choose} />)
    const boxes = tagsOf(markup, 'input')
    expect(boxes).toHaveLength(3)
    expect(boxes[1]).toContain('name="host"')
    expect(boxes[1]).toContain('value="1"')
    expect(boxes[1]).toContain('aria-label="Choose umber"')
    expect(tagsOf(markup, 'fieldset')[0]).toContain('aria-label="With the chosen hosts"')
    expect(markup.indexOf('<form')).toBeLessThan(markup.indexOf('<table'))
    expect(tagsOf(markup, 'button')[0]).toBe('<button type="submit" hidden="">')
  })

  it('says what to do where there are no rows', () => {
    expect(textOf(render(<DataTable {...base} rows={[]} empty={<p>No hosts yet</p>} />))).toBe('No hosts yet')
  })
})

it('FilterBar is a GET form that carries what the address says', () => {
  const markup = render(
    <FilterBar
      path="/hosts"
      params={{ q: '"><b>', kind: 'nas', sort: '-load', page: '2' }}
      search={{ name: 'q', label: 'Name, address or tag' }}
      selects={[{ name: 'kind', label: 'Kind', options: [{ value: 'nas', label: 'NAS' }] }]}
      right="1 of 14 shown"
    />,
  )
  const fields = tagsOf(markup, 'input')
  expect(tagsOf(markup, 'form')[0]).toContain('action="/hosts"')
  expect(tagsOf(markup, 'form')[0]).not.toContain('method="post"')
  expect(fields.find((tag) => tag.includes('type="hidden"'))).toContain('name="sort" value="-load"')
  expect(fields.find((tag) => tag.includes('type="search"'))).toContain('value="&quot;&gt;&lt;b&gt;"')
  expect(fields.find((tag) => tag.includes('type="search"'))).toContain('aria-label="Name, address or tag"')
  expect(tagsOf(markup, 'option').find((tag) => tag.includes('selected'))).toContain('value="nas"')
  expect(markup).not.toContain('name="page"')
})
