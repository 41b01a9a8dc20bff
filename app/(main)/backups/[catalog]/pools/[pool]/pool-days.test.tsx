import { expect, it } from 'vitest'
import { render, tagsOf, textOf } from '@/components/testing/render'
import { PoolDays } from './pool-days'

const day = (text: string, bytes: number, prunableBytes = 0) => ({ day: text, volumes: 3, bytes, prunableBytes })

it('leaves a gap on a day without a reading, and tells a pool that was empty from it', () => {
  const markup = render(
    <PoolDays days={[day('2026-11-01', 5000, 2000), day('2026-11-03', 0), day('2026-11-04', 7000)]} />,
  )
  expect(tagsOf(markup, 'rect').filter((tag) => tag.includes('chart-gap'))).toHaveLength(1)
  const told = textOf(markup)
  expect(told).toContain('1 Nov: Held 3 kB, Prunable 2 kB')
  expect(told).toContain('2 Nov: not known')
  expect(told).toContain('3 Nov: none')
  expect(told).toContain('2026-11-030 B0 B')
  expect(told).not.toContain('2026-11-02')
  expect(markup).toContain('5 kB on 2026-11-01, 7 kB on 2026-11-04.')
})

it('shows the last ninety days, and waits for the second', () => {
  const markup = render(<PoolDays days={[day('2026-01-01', 5000), day('2026-11-04', 7000)]} />)
  expect(tagsOf(markup, 'rect').filter((tag) => tag.includes('chart-gap'))).toHaveLength(89)
  expect(textOf(render(<PoolDays days={[day('2026-11-04', 7000)]} />))).toContain('From the second day on')
})
