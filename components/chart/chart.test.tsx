import { describe, expect, it } from 'vitest'
import { render, tagsOf, textOf } from '../testing/render'
import { dayLabels, valueAxis } from './axis'
import { HorizontalBars } from './horizontal-bars'
import { StackedBar } from './stacked-bar'
import { TimeBars } from './time-bars'

const series = [
  { id: 'full', label: 'Full', colour: 'var(--lv-full)' },
  { id: 'incr', label: 'Incremental', colour: 'var(--lv-incr)' },
]
const days = (count: number) =>
  Array.from({ length: count }, (_, at) => new Date(Date.UTC(2026, 9, 1 + at)).toISOString().slice(0, 10))

function bars(values: readonly (Record<string, number> | null)[], total?: 'sum' | 'last'): string {
  return render(
    <TimeBars
      label="Bytes per day"
      summary="12 B in 3 days."
      series={series}
      days={days(values.length).map((day, at) => ({ day, values: values[at] ?? null }))}
      total={total}
      tell={(value) => `${value} B`}
    />,
  )
}

const attribute = (tag: string, name: string) =>
  Number.parseFloat(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '')
const drawn = (markup: string) => tagsOf(markup, 'rect').filter((tag) => !tag.includes('chart-hover'))

describe('TimeBars', () => {
  it('stacks a day’s series on each other, to the same scale', () => {
    const [full, incr, third] = drawn(bars([{ full: 60, incr: 40 }, {}, { incr: 20 }]))
    expect(attribute(full ?? '', 'height')).toBeCloseTo(90, 0)
    expect(attribute(incr ?? '', 'height')).toBeCloseTo(60, 0)
    expect(attribute(incr ?? '', 'y') + attribute(incr ?? '', 'height')).toBeCloseTo(attribute(full ?? '', 'y'), 1)
    expect(attribute(third ?? '', 'height')).toBeCloseTo(30, 0)
    expect([full, incr].map((tag) => /fill="([^"]*)"/.exec(tag ?? '')?.[1])).toEqual([
      'var(--lv-full)',
      'var(--lv-incr)',
    ])
  })

  it('draws no bar for nothing, and a line for what is too low to see', () => {
    expect(drawn(bars([{}, {}]))).toHaveLength(0)
    const [, low] = drawn(bars([{ full: 1_000_000 }, { full: 1 }]))
    expect(attribute(low ?? '', 'height')).toBe(1)
  })

  it('tells readers what is to be seen, and every figure in a table, the newest first', () => {
    const markup = bars([{ full: 60, incr: 40 }, {}, { incr: 20 }])
    expect(markup).toContain('role="img" aria-label="Bytes per day. 12 B in 3 days."')
    expect(textOf(markup.match(/<tbody>.*<\/tbody>/)?.[0] ?? '')).toBe('2026-10-030 B20 B2026-10-0160 B40 B')
    expect(textOf(markup.match(/<ul.*?<\/ul>/)?.[0] ?? '')).toBe('Full 60 BIncremental 60 B')
    expect(textOf(markup)).toContain('2 Oct: none')
  })

  it('shows a day that nobody knows as a gap, not as nothing', () => {
    const markup = bars([{ full: 60 }, null, {}])
    expect(drawn(markup).map((tag) => tag.includes('chart-gap'))).toEqual([false, true])
    expect(textOf(markup)).toContain('2 Oct: not known')
    expect(textOf(markup)).toContain('3 Oct: none')
    expect(textOf(markup.match(/<tbody>.*<\/tbody>/)?.[0] ?? '')).toBe('2026-10-0160 B0 B')
  })

  it('tells the last of a level, and the sum of what comes in', () => {
    const legend = (total: 'sum' | 'last') =>
      textOf(bars([{ full: 60 }, { full: 50 }, null], total).match(/<ul.*?<\/ul>/)?.[0] ?? '')
    expect(legend('last')).toBe('Full 50 BIncremental 0 B')
    expect(legend('sum')).toBe('Full 110 BIncremental 0 B')
  })

  it('stays within its frame, in any number of days', () => {
    for (const count of [1, 30, 90]) {
      const rects = drawn(bars(Array.from({ length: count }, () => ({ full: 3 }))))
      expect(rects).toHaveLength(count)
      for (const rect of rects) {
        expect(attribute(rect, 'x')).toBeGreaterThanOrEqual(0)
        expect(attribute(rect, 'x') + attribute(rect, 'width')).toBeLessThanOrEqual(100.1)
      }
    }
  })
})

it('an axis begins at zero and ends at a round number, also for nothing', () => {
  expect(valueAxis(97, 100).ticks).toEqual([0, 20, 40, 60, 80, 100])
  expect(valueAxis(0, 100).y(0)).toBe(100)
  expect(valueAxis(97, 100).y(100)).toBe(0)
})

it('days are named each Monday of a month, in a longer time on the first of each month', () => {
  expect(dayLabels(days(30)).map(({ text }) => text)).toEqual(['5 Oct', '12 Oct', '19 Oct', '26 Oct'])
  expect(dayLabels(days(90)).map(({ text }) => text)).toEqual(['1 Oct', '1 Nov', '1 Dec'])
})

it('a stacked bar leaves out what is zero and never overflows', () => {
  const markup = render(
    <StackedBar
      parts={[
        { id: 'a', value: 3, colour: 'var(--ok-mark)' },
        { id: 'b', value: 0, colour: 'var(--bad-mark)' },
        { id: 'c', value: 1, colour: 'var(--n-6)' },
      ]}
    />,
  )
  expect(tagsOf(markup, 'i').map((tag) => /width:([^;]*)/.exec(tag)?.[1])).toEqual(['75.00%', '25.00%'])
  expect(tagsOf(render(<StackedBar parts={[]} />), 'i')).toHaveLength(0)
})

it('horizontal bars are named, and what is not known has no bar', () => {
  const markup = render(
    <HorizontalBars
      label="Largest clients"
      bars={[
        { id: 'a', label: 'web', value: 10, figure: '10 GB' },
        { id: 'b', label: 'db', value: null, figure: 'unknown' },
      ]}
    />,
  )
  expect(markup).toContain('aria-label="Largest clients"')
  expect(tagsOf(markup, 'i').map((tag) => /width:([^;]*)/.exec(tag)?.[1])).toEqual(['100.00%'])
  expect(textOf(markup)).toBe('web10 GBdbunknown')
})
