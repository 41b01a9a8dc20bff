import { describe, expect, it } from 'vitest'
import { parseOptionFile, printOptionFile } from './document'
import { type EditRules, type OptionWish, withOptions } from './edit'

const set = (name: string, value: string): OptionWish => ({ name, do: 'set', value })
const flag = (name: string): OptionWish => ({ name, do: 'flag' })
const remove = (name: string): OptionWish => ({ name, do: 'remove' })
function edited(bytes: string, wishes: OptionWish[], rules?: EditRules, group = 'mysqld'): string {
  return printOptionFile(withOptions(parseOptionFile(bytes), group, wishes, rules))
}

describe('an option', () => {
  it.each([
    ['', [set('a', '1')], '[mysqld]\na = 1\n'],
    ['# note\n', [set('a', '1'), flag('b')], '# note\n\n[mysqld]\na = 1\nb\n'],
    ['[client]\nx=1', [set('a', '1')], '[client]\nx=1\n\n[mysqld]\na = 1\n'],
    ['[mysqld]\n\n[client]\nx=1\n', [set('a', '1')], '[mysqld]\na = 1\n\n[client]\nx=1\n'],
    ['[mysqld]\r\nb=1\r\n# c\r\n', [set('a', '')], '[mysqld]\r\nb=1\r\na =\r\n# c\r\n'],
    ['[mysqld]\n\tmax-x\t=\t1M # why\n', [set('max_x', '2M')], '[mysqld]\n\tmax-x\t=\t2M # why\n'],
    ['[mysqld]\nskip-x # why\n', [set('skip_x', 'OFF')], '[mysqld]\nskip-x = OFF # why\n'],
    ['[mysqld]\na = 1 # why\n', [flag('a')], '[mysqld]\na # why\n'],
    ['[mysqld]\na = 1\n', [set('a', '')], '[mysqld]\na =\n'],
    ['[mysqld]\nloose-a=1\n', [set('a', '1')], '[mysqld]\na=1\n'],
    ['[mysqld]\na=1\n', [set('loose_a', '1')], '[mysqld]\nloose_a=1\n'],
    // The last one decides, in whichever section of the group.
    ['[mysqld]\na=1\n[client]\na=5\n[MYSQLD]\na=2\n', [set('a', '3')], '[mysqld]\na=1\n[client]\na=5\n[MYSQLD]\na=3\n'],
    ['[mysqld]\na=1\nb=1\nloose_a=2\n[client]\na=5\n', [remove('a')], '[mysqld]\nb=1\n[client]\na=5\n'],
    ['[mysqld]\n!includedir /d\n', [set('a', '1')], '[mysqld]\na = 1\n!includedir /d\n'],
    ['[mysqld]\na=1\0hidden\n', [set('a', '2')], '[mysqld]\na=2\0hidden\n'],
    ["[mysqld]\na = x # don't\n", [set('a', "it's")], '[mysqld]\na = "it\'s" # don\'t\n'],
  ])('%j with %j', (bytes, wishes, expected) => expect(edited(bytes, wishes)).toBe(expected))

  it.each([
    ['[mysqld]\na = "x" # why', [set('a', 'x')]],
    ['[mysqld]\nmax-x=1\n', [set('max_x', '1')]],
    ['[mysqld]\na=5\na=1\n', [set('a', '1')]],
    ['[mysqld]\nskip-x\n', [flag('skip_x')]],
    ['[client]\na=1\n', [remove('a')]],
    ['', []],
  ])('%j says already what %j asks for', (bytes, wishes) => {
    const file = parseOptionFile(bytes)
    expect(withOptions(file, 'mysqld', wishes)).toBe(file)
  })
})

describe('below a comment of its own', () => {
  const under = { under: 'Set by Pollux' }

  it('goes to the end, behind what is included before', () => {
    const bytes = '[mysqld]\na=1\n!includedir /d\n'
    const once = edited(bytes, [set('a', '2')], under)
    expect(once).toBe(`${bytes}\n# Set by Pollux\n[mysqld]\na = 2\n`)
    expect(edited(once, [set('a', '2')], under)).toBe(once)
    expect(edited(once, [set('a', '3'), set('b', '1')], under)).toBe(
      `${bytes}\n# Set by Pollux\n[mysqld]\na = 3\nb = 1\n`,
    )
    expect(edited(once, [remove('a')], under)).toBe(`${bytes}\n# Set by Pollux\n[mysqld]\n`)
  })
})

describe('what is refused', () => {
  it.each([
    ['', [set('a', 'x\ny')]],
    ['', [set('a', 'x\0')]],
    ['', [set('a', '€')]],
    ['', [set('a b', '1')]],
    ['', [set('[x', '1')]],
    ['', [set('', '1')]],
    ['', [flag('set-variable')]],
    ['', [set('a', 'x'.repeat(4091))]],
    ['[mysqld]\na=1\n[x]\n!include /i.cnf', [set('b', '1'), set('c', '1')], 'new'],
  ])('%j with %j', (bytes, wishes, group = 'mysqld') => {
    expect(() => edited(bytes, wishes, {}, group)).toThrow(expect.objectContaining({ code: 'invalid' }))
  })

  it('is the name of a group that would not be read back', () => {
    expect(() => edited('', [set('a', '1')], {}, 'a]b')).toThrow()
  })
})
