import { beforeEach, expect, it } from 'vitest'
import { forgetSingles } from '@/lib/config/single'
import { openedOnce } from './opened-plans'

beforeEach(forgetSingles)

const sealed = (first: number, bytes = 40) => new Uint8Array(bytes).fill(first, 0, 29)

function opening(first: number, { bytes = 40, mayStay = true } = {}) {
  let count = 0
  const open = () => openedOnce(sealed(first, bytes), () => ({ value: { parts: [{ opened: ++count }] }, mayStay }))
  return { open, count: () => count }
}

it('is opened once, and cannot be changed by those who share it', () => {
  const one = opening(1)
  expect(one.open()).toBe(one.open())
  expect(one.count()).toBe(1)
  expect(() => one.open().parts.push({ opened: 2 })).toThrow(TypeError)
  expect(opening(2).open()).toEqual({ parts: [{ opened: 1 }] })
})

it('is opened anew each time where it may not stay', () => {
  const one = opening(1, { mayStay: false })
  one.open()
  one.open()
  expect(one.count()).toBe(2)
})

it('gives way to newer ones when there are too many bytes, the one that was asked for longest ago first', () => {
  const [old, asked, large] = [opening(1, { bytes: 2 ** 24 }), opening(2), opening(3, { bytes: 2 ** 24 + 2 ** 20 })]
  for (const each of [asked, old, asked, large, asked, old]) each.open()
  expect([old, asked, large].map(({ count }) => count())).toEqual([2, 1, 1])
})

it('keeps the last one, however large it is', () => {
  const huge = opening(1, { bytes: 2 ** 26 })
  huge.open()
  huge.open()
  expect(huge.count()).toBe(1)
})
