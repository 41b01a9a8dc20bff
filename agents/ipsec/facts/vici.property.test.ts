import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseVici, type ViciSection } from './vici'

/** As libvici prints a message with `--pretty` (vici_message.c, dump). */
function printed(label: string, sections: readonly ViciSection[]): string {
  return `${label} {\n${sections.map((section) => sectionLines(section, '  ')).join('')}}\n`
}

function sectionLines({ name, values, lists, sections }: ViciSection, indent: string): string {
  const inner = `${indent}  `
  return [
    `${indent}${name} {\n`,
    ...[...values].map(([key, value]) => `${inner}${key} = ${value}\n`),
    ...[...lists].map(
      ([key, items]) => `${inner}${key} = [\n${items.map((item) => `${inner}  ${item}\n`).join('')}${inner}]\n`,
    ),
    ...sections.map((section) => sectionLines(section, inner)),
    `${indent}}\n`,
  ].join('')
}

// What a peer calls itself may look like any of the format's own signs.
const value = fc.oneof(
  fc.constantFrom(
    '[',
    ']',
    '{',
    '}',
    ' {',
    'a {',
    'x = y',
    'x = [',
    'list-sas reply {',
    'C=CH, O=strongSwan, CN=web {',
  ),
  fc.string({ unit: 'grapheme-ascii', maxLength: 12 }),
)
const key = fc.stringMatching(/^[a-z][a-z0-9_-]{0,7}$/)
const message = fc.letrec<{ section: ViciSection }>((tie) => ({
  section: fc.record({
    name: key,
    values: fc
      .array(fc.tuple(fc.constantFrom('remote-id', 'state', 'mode'), value), { maxLength: 3 })
      .map((all) => new Map(all)),
    lists: fc
      .array(fc.tuple(fc.constantFrom('local-ts', 'groups'), fc.array(value, { maxLength: 3 })), { maxLength: 2 })
      .map((all) => new Map(all)),
    sections: fc.oneof({ maxDepth: 3 }, fc.constant<ViciSection[]>([]), fc.array(tie('section'), { maxLength: 3 })),
  }),
})).section

it('gives every message back as it was, whatever stands in its values', () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 4 }), (sections) => {
      const text = sections.map((section) => printed('list-sa event', [section])).join('')
      expect(parseVici(`${text}${printed('list-sas reply', [])}`, 'list-sa')).toEqual(sections)
    }),
  )
})

it('takes no answer for whole that was cut short', () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 2 }), fc.nat(), (sections, nat) => {
      const text = `${sections.map((section) => printed('list-sa event', [section])).join('')}list-sas reply {\n}\n`
      // Without its last line break it is whole all the same.
      expect(parseVici(text.slice(0, nat % (text.length - 1)), 'list-sa')).toBeNull()
    }),
  )
})

it('throws at no text', () => {
  const piece = fc.oneof(
    fc.constantFrom(' {\n', '}\n', '  ', ' = ', '[\n', ']\n', 'list-sa event {\n', 'a'),
    fc.string({ maxLength: 5 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const found = parseVici(pieces.join(''), 'list-sa')
      expect(found === null || Array.isArray(found)).toBe(true)
    }),
  )
})
