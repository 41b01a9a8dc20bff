import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { udevMatch } from './identity'
import { findRule, isEmptyOfRules, parseRules, printRules, removeRule, ruleText, setRule } from './udev-rules'

const match = udevMatch({ kind: 'serial', value: 'WDC_1', also: null })
const other = udevMatch({ kind: 'serial', value: 'WDC_2', also: null })
const line = fc.constantFrom(
  '',
  '# a comment',
  '# Pollux: this was sda when it was written',
  ruleText(match, 'bfq'),
  ruleText(other, 'none'),
  `#${ruleText(match, 'none')}`,
  'KERNEL=="sdb", \\',
  'ATTR{queue/scheduler}="none"',
)
const file = fc
  .array(fc.tuple(fc.oneof(line, fc.string({ unit: 'binary' })), fc.constantFrom('\n', '\r\n')))
  .map((lines) => lines.flat().join(''))
const bytes = fc.oneof(
  file,
  fc.tuple(file, line).map(([a, b]) => a + b),
  fc.string({ unit: 'binary' }),
)

describe('udev rules', () => {
  it('prints any bytes as it read them', () => {
    fc.assert(
      fc.property(bytes, (text) => {
        expect(printRules(parseRules(text))).toBe(text)
      }),
    )
  })

  it('sets a disk so that it is found, changes nothing the second time, and keeps every other rule', () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom('none', 'bfq', 'mq-deadline'), (text, scheduler) => {
        const once = setRule(parseRules(text), match, scheduler, 'sda')
        const read = parseRules(printRules(once))
        expect(findRule(read, match)).toBe(scheduler)
        expect(printRules(setRule(read, match, scheduler, 'sda'))).toBe(printRules(once))
        expect(findRule(read, other)).toBe(findRule(parseRules(text), other))
      }),
    )
  })

  it('takes out its own rule and comment only', () => {
    fc.assert(
      fc.property(bytes, (text) => {
        const without = removeRule(parseRules(text), match)
        expect(findRule(without, match)).toBe(null)
        expect(findRule(without, other)).toBe(findRule(parseRules(text), other))
        const theirs = (all: string) =>
          all.split('\n').filter((row) => !row.includes(match) && !row.startsWith('# Pollux: '))
        expect(theirs(printRules(without)).join('')).toBe(theirs(text).join(''))
      }),
    )
  })

  it('knows when only its header is left', () => {
    const made = setRule(parseRules(''), match, 'none', 'sda')
    expect(isEmptyOfRules(made)).toBe(false)
    expect(isEmptyOfRules(removeRule(made, match))).toBe(true)
    expect(isEmptyOfRules(parseRules('# mine\n'))).toBe(false)
  })

  it('does not take a continued line for a rule of its own', () => {
    const text = `KERNEL=="sdb", \\\n${ruleText(match, 'none')}\n`
    expect(findRule(parseRules(text), match)).toBe(null)
    const set = printRules(setRule(parseRules('KERNEL=="sdb", \\'), match, 'none', 'sda'))
    expect(set.startsWith('KERNEL=="sdb", \\\n\n# Pollux: ')).toBe(true)
  })
})
