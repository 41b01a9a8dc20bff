import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Identity } from './facts'
import { chooseIdentities, identityKey, parseIdentityKey, udevMatch, udevPattern } from './identity'
import { udevMatches } from './match-setter'

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
const identity = fc.oneof(
  text.map((value): Identity => ({ kind: 'serial', value, also: null })),
  fc.tuple(text, text).map(([value, also]): Identity => ({ kind: 'serial-path', value, also })),
  text.map((value): Identity => ({ kind: 'path', value, also: null })),
  fc.string({ minLength: 4 }).map((value): Identity => ({ kind: 'attr', value, also: 'device/wwid' })),
)

describe('a device identity', () => {
  it('survives its key, which has no sign that a form, a shell or a comment reads as its own', () => {
    fc.assert(
      fc.property(identity, (one) => {
        const key = identityKey(one)
        expect(key).toMatch(/^[\w~%:@-]+$/)
        expect(parseIdentityKey(key)).toEqual(one)
      }),
    )
  })

  it('matches itself as a udev pattern, and stays inside its quotes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (value) => {
        expect(udevPattern(value)).toMatch(/^[A-Za-z0-9_.:+=@/*?-]*$/)
        expect(udevMatches(udevPattern(value), value)).toBe(true)
      }),
    )
  })

  it.each(['', 'serial', 'name:..', 'name:a%2Fb', 'attr:x%0Ay@device%2Fwwid', 'attr:abcd@%2Fetc', 'path:%', 'x:y'])(
    'is not read from %j',
    (key) => expect(parseIdentityKey(key)).toBe(null),
  )

  it('falls back until it is unique', () => {
    const none = { serial: null, path: null, attr: null }
    const chosen = chooseIdentities([
      { ...none, name: 'sda', serial: 'A', path: 'p1' },
      { ...none, name: 'sdb', serial: 'A', path: 'p2' },
      { ...none, name: 'sdc', serial: 'B', path: 'p3' },
      { ...none, name: 'sdd', serial: 'C', path: null },
      { ...none, name: 'sde', serial: 'C', path: null, attr: { file: 'device/wwid', value: 'naa.1' } },
      { ...none, name: 'sdf', path: 'p4' },
      { ...none, name: 'sdg' },
    ])
    expect([...chosen.values()].map((one) => one.kind)).toEqual([
      'serial-path',
      'serial-path',
      'serial',
      'name',
      'attr',
      'path',
      'name',
    ])
    expect(udevMatch(chosen.get('sdb') ?? { kind: 'name', value: '', also: null })).toBe(
      'ENV{ID_SERIAL}=="A", ENV{ID_PATH}=="p2"',
    )
  })
})

describe('a udev pattern', () => {
  it.each([
    ['sd*[!0-9]|sr*', 'sda', true],
    ['sd*[!0-9]|sr*', 'sda1', false],
    ['sd[a-c]', 'sdb', true],
    ['sd[a-c]', 'sdd', false],
    ['sd?', 'sd', false],
    ['*', '', true],
    ['a[', 'a[', true],
    ['a[z-a]', 'ab', false],
  ])('%s on %s', (pattern, name, expected) => expect(udevMatches(pattern, name)).toBe(expected))

  it('costs little even when it is hostile', () => {
    // Going back to every star would take longer than the universe has.
    expect(udevMatches(`${'*a'.repeat(50)}b`, 'a'.repeat(400))).toBe(false)
  })
})
