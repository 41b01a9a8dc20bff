import { expect, test } from '@playwright/test'
import { firstLoads, mostFirstLoadBytes } from '@/bench/first-load'

test('no page loads more JavaScript first than the limit', () => {
  const pages = firstLoads('.next')
  expect(pages.length).toBeGreaterThan(40)
  const heavy = pages.filter(({ bytes }) => bytes > mostFirstLoadBytes)
  expect(heavy.map(({ path, bytes }) => `${path}: ${bytes} bytes`)).toEqual([])
})
