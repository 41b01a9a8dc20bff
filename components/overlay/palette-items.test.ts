import { expect, it } from 'vitest'
import { readPaletteItems } from './palette-items'

const umber = { id: 'host 1', group: 'go', kind: 'host', label: 'umber', hint: 'host', href: '/hosts/1' }

it('keeps items of the known shape', () => {
  expect(readPaletteItems([umber])).toEqual([umber])
})

it.each([
  ['an address elsewhere', { ...umber, href: 'https://evil.example/' }],
  ['an address without a scheme', { ...umber, href: '//evil.example/' }],
  ['the same with a backslash', { ...umber, href: '/\\evil.example/' }],
  ['a script', { ...umber, href: 'javascript:alert(1)' }],
  ['no address', { ...umber, href: undefined }],
  ['another kind', { ...umber, kind: 'file' }],
  ['a label that is no text', { ...umber, label: 5 }],
  ['a hint that is no text', { ...umber, hint: {} }],
  ['nothing', null],
])('drops an item with %s', (_, item) => {
  expect(readPaletteItems([item, umber])).toEqual([umber])
})

it.each([null, 'x', {}, 5])('takes %s for an empty list', (answer) => {
  expect(readPaletteItems(answer)).toEqual([])
})
