import { describe, expect, it } from 'vitest'
import { matchKeys, type Press } from './match-keys'

const bound = new Set(['j', 'h', 'g h', '?', 'Enter', 'Mod+k'])

/** An element that stands within those that the selectors name. */
function within(...names: string[]) {
  return { closest: (selector: string) => (names.some((name) => selector.split(', ').includes(name)) ? {} : null) }
}

function press(key: string, more: Partial<Press> = {}): Press {
  return {
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    isComposing: false,
    defaultPrevented: false,
    target: within(),
    ...more,
  }
}

const hit = (combination: string) => ({ combination, pending: null })
const miss = { combination: null, pending: null }

describe('matchKeys', () => {
  it('takes a single key, also with shift', () => {
    expect(matchKeys(press('j'), null, bound)).toEqual(hit('j'))
    expect(matchKeys(press('J'), null, bound)).toEqual(hit('j'))
    expect(matchKeys(press('?'), null, bound)).toEqual(hit('?'))
  })

  it('takes a sequence before its second key alone', () => {
    expect(matchKeys(press('g'), null, bound)).toEqual({ combination: null, pending: 'g' })
    expect(matchKeys(press('h'), 'g', bound)).toEqual(hit('g h'))
    expect(matchKeys(press('h'), null, bound)).toEqual(hit('h'))
    expect(matchKeys(press('j'), 'g', bound)).toEqual(hit('j'))
    expect(matchKeys(press('x'), 'g', bound)).toEqual(miss)
  })

  it.each(['input', 'textarea', 'select', '[contenteditable="true"]', '[role="dialog"]', '[role="menu"]'])(
    'does not fire within %s',
    (name) => {
      expect(matchKeys(press('j', { target: within(name) }), null, bound)).toEqual(miss)
      expect(matchKeys(press('g', { target: within(name) }), null, bound)).toEqual(miss)
    },
  )

  it('fires on a checkbox, which takes no letters', () => {
    expect(matchKeys(press('j', { target: within('input', 'input[type="checkbox"]') }), null, bound)).toEqual(hit('j'))
  })

  it('leaves Enter to what has the focus', () => {
    expect(matchKeys(press('Enter', { target: within('a') }), null, bound)).toEqual(miss)
    expect(matchKeys(press('Enter'), null, bound)).toEqual(hit('Enter'))
  })

  it('takes a chord anywhere, and no single key with a modifier', () => {
    expect(matchKeys(press('k', { ctrlKey: true, target: within('input') }), null, bound)).toEqual(hit('Mod+k'))
    expect(matchKeys(press('k', { metaKey: true }), null, bound)).toEqual(hit('Mod+k'))
    expect(matchKeys(press('j', { ctrlKey: true }), null, bound)).toEqual(miss)
    expect(matchKeys(press('j', { altKey: true }), null, bound)).toEqual(miss)
  })

  it('leaves what is being composed or was taken already', () => {
    expect(matchKeys(press('j', { isComposing: true }), null, bound)).toEqual(miss)
    expect(matchKeys(press('j', { defaultPrevented: true }), null, bound)).toEqual(miss)
  })
})
