import { describe, expect, it } from 'vitest'
import { readCount } from './read-value'
import { byteFigure, byteFigureIn, bytesText, exactBytesText } from './units'

const text = ({ value, unit }: { value: string; unit: string }) => `${value} ${unit}`

describe('byteFigure', () => {
  it.each([
    [0, '0 B'],
    [1, '1 B'],
    [999, '999 B'],
    [999.9, '1 kB'],
    [1000, '1 kB'],
    [1234, '1.23 kB'],
    [999_499, '999 kB'],
    [999_500, '1 MB'],
    [999_949_999, '1 GB'],
    [4_294_967_296, '4.29 GB'],
    [313_040_000_000, '313 GB'],
    [599_000_000_000, '599 GB'],
    [1_204_000_000_000, '1.2 TB'],
    [2 ** 62, '4.61 EB'],
    [-3_210_000_000, '-3.21 GB'],
  ])('%d bytes', (bytes, expected) => {
    expect(text(byteFigure(bytes))).toBe(expected)
  })

  it.each([
    [999, '999 B'],
    [1023, '0.999 KiB'],
    [1024, '1 KiB'],
    [4_294_967_296, '4 GiB'],
    [313_040_000_000, '292 GiB'],
  ])('%d bytes in binary', (bytes, expected) => {
    expect(text(byteFigure(bytes, 'binary'))).toBe(expected)
  })
})

describe('byteFigureIn', () => {
  it.each([
    [313_530_000_000, '314 GB'],
    [9_449_999_999, '9.4 GB'],
    [4_290_400_000_000, '4,290 GB'],
    [100_000_000, '0.1 GB'],
    [0, '0 GB'],
    // A zero that is none takes another unit.
    [94_999_999, '95 MB'],
    [400, '400 B'],
    [-400, '-400 B'],
  ])('%d bytes', (bytes, expected) => {
    expect(text(byteFigureIn(bytes, 'GB'))).toBe(expected)
  })

  it('counts GiB by 2^30', () => {
    expect(text(byteFigureIn(73 * 4 * 2 ** 30, 'GiB'))).toBe('292 GiB')
    expect(text(byteFigureIn(2 ** 20, 'GiB'))).toBe('1 MiB')
  })
})

it('never shows what is unknown as a zero', () => {
  expect(bytesText(null)).toBe('unknown')
  expect(exactBytesText(null)).toBe('unknown')
  expect(bytesText(0)).toBe('0 B')
})

it('says both ways of counting', () => {
  expect(exactBytesText(4_294_967_296)).toBe('4.29 GB, 4 GiB (4,294,967,296 bytes)')
  expect(exactBytesText(97)).toBe('97 bytes')
})

it.each([
  [0, 0],
  ['0', 0],
  [12n, 12],
  ['4294967296', 4_294_967_296],
  ['18446744073709551615', null],
  [2 ** 63, null],
  [-1, null],
  ['-5', null],
  ['', null],
  ['many', null],
  [null, null],
  [undefined, null],
  [Number.NaN, null],
  [[], null],
  [true, null],
])('reads the count %s as %s', (value, expected) => {
  expect(readCount(value)).toBe(expected)
})
