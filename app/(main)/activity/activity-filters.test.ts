import { expect, it } from 'vitest'
import { filtersOf, isFiltered } from './activity-filters'

it('reads what the address asks for', () => {
  const now = Date.parse('2026-03-02T12:00:00Z')
  expect(filtersOf({ q: 'umber', who: 'Ada', outcome: 'refused', since: '1d', page: '3' }, now)).toMatchObject({
    text: 'umber',
    who: 'Ada',
    outcome: 'refused',
    from: new Date('2026-03-01T12:00:00Z'),
    to: null,
    page: 3,
  })
  expect(filtersOf({ from: '2026-03-01', to: '2026-03-02' })).toMatchObject({
    from: new Date('2026-03-01T00:00:00Z'),
    to: new Date('2026-03-03T00:00:00Z'),
  })
  expect(filtersOf({ to: '2026-03-02T10:00:00Z' }).to).toEqual(new Date('2026-03-02T10:00:00Z'))
})

it.each([{ outcome: 'x' }, { since: '1y' }, { from: 'soon' }, { page: '-1' }, { page: '1e9' }, { q: ['a', 'b'] }])(
  'leaves out what cannot be: %j',
  (params) => {
    expect(filtersOf(params)).toEqual(filtersOf({}))
  },
)

it('tells a filter from a page number', () => {
  expect([isFiltered({ page: '2' }), isFiltered({ since: '1h' })]).toEqual([false, true])
})
