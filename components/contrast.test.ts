import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { colourOf, contrastOf, readTokens, type Theme } from './testing/read-tokens'

const tokens = readTokens(fileURLToPath(new URL('../app/tokens.css', import.meta.url)))

/** Where words of all three depths may stand. */
const grounds = ['page', 'surface', 'sunken', 'hover']
const statuses = ['ok', 'warn', 'bad', 'info', 'unknown']

function pairs(fronts: readonly string[], behind: readonly string[]): [string, string][] {
  return fronts.flatMap((front) => behind.map((ground): [string, string] => [front, ground]))
}

/** 4.5:1 is the rule (WCAG 1.4.3); the look promises a little more. */
const minWords = 4.6
const words: [string, string][] = [
  ...pairs(['text', 'text-2', 'text-3', 'accent-text'], grounds),
  ...pairs(['text', 'text-2', 'text-3', 'accent-text'], ['accent-tint']),
  ...pairs(
    statuses.map((status) => `${status}-text`),
    [...grounds, 'accent-tint'],
  ),
  ...statuses.flatMap((status) => pairs([`${status}-text`, 'text', 'text-2', 'accent-text'], [`${status}-tint`])),
  ...pairs(['on-accent'], ['accent', 'accent-hover']),
  ...pairs(['add-text', 'text', 'text-3'], ['add-tint']),
  ...pairs(['del-text', 'text', 'text-3'], ['del-tint']),
]

/** 3:1 for shapes and edges that carry meaning (WCAG 1.4.11). */
const minMarks = 3
const marks: [string, string][] = [
  ...pairs(
    statuses.map((status) => `${status}-mark`),
    [...grounds, 'accent-tint'],
  ),
  ...statuses.flatMap((status) => pairs([`${status}-mark`], [`${status}-tint`])),
  ...pairs(['accent-text'], [...grounds, 'accent-tint']),
  ...pairs(['surface'], ['ok-mark', 'warn-mark', 'bad-mark', 'info-mark']),
  ...pairs(['field-line'], ['page', 'surface', 'sunken']),
  ...pairs(['n-7'], ['page', 'surface', 'sunken']),
  ...pairs(['limit'], ['page', 'surface', 'sunken']),
  ...pairs(['lv-full-a', 'lv-diff'], ['page', 'surface']),
]

const themes: Theme[] = ['light', 'dark']

describe.each(themes)('%s', (theme) => {
  const contrast = (front: string, ground: string) =>
    contrastOf(colourOf(tokens, `--${front}`, theme), colourOf(tokens, `--${ground}`, theme))

  it.each(words)('words in %s on %s can be read', (front, ground) => {
    expect(contrast(front, ground)).toBeGreaterThanOrEqual(minWords)
  })

  it.each(marks)('shapes in %s on %s can be seen', (front, ground) => {
    expect(contrast(front, ground)).toBeGreaterThanOrEqual(minMarks)
  })
})

describe('the reading of tokens', () => {
  it('knows black and white', () => {
    expect(contrastOf([0, 0, 0, 1], [255, 255, 255, 1])).toBeCloseTo(21, 5)
    expect(contrastOf([255, 255, 255, 1], [255, 255, 255, 1])).toBe(1)
  })

  it('lays what is see-through on its ground', () => {
    expect(contrastOf([0, 0, 0, 0.5], [255, 255, 255, 1])).toBeCloseTo(
      contrastOf([127.5, 127.5, 127.5, 1], [255, 255, 255, 1]),
      5,
    )
    expect(colourOf(tokens, '--band', 'dark')).toEqual([156, 195, 234, 0.17])
  })

  it('refuses a token that is not there or not a colour', () => {
    expect(() => colourOf(tokens, '--nothing', 'light')).toThrow('--nothing')
    expect(() => colourOf(tokens, '--row', 'light')).toThrow('--row')
  })
})
