import { describe, expect, it } from 'vitest'
import { readOrder } from './read-order'
import { file, host, version } from './testing/sources'

/** "name=value" of each setting, and each problem as "effect file:line". */
function read(sources: Parameters<typeof readOrder>[0]): { set: string[]; problems: string[] } {
  const { settings, problems } = readOrder(sources)
  return {
    set: settings.map(({ name, value }) => (value === null ? name : `${name}=${value}`)),
    problems: problems.map(({ effect, file: at, line }) => `${effect} ${at}${line === null ? '' : `:${line}`}`),
  }
}
const etc = (bytes: string, more: Parameters<typeof host>[0] = {}) => host({ '/etc/my.cnf': bytes, ...more })

// The rules were seen with my_print_defaults of MariaDB 10.5, 10.11 and 11.8.
describe('what the server reads', () => {
  it('is the start files in their order, those that are there', () => {
    const order = readOrder(
      host({ '/root/.my.cnf': '[mysqld]\na=3\n', '/etc/mysql/my.cnf': '[mysqld]\nloose-b-c = 2 # why\n' }),
    )
    expect(order.settings).toMatchObject([
      {
        ...{ name: 'b_c', value: '2', file: '/etc/mysql/my.cnf', line: 2, group: 'mysqld', isLoose: true },
        ...{ raw: 'loose-b-c = 2 # why', written: 'loose-b-c', reading: 0 },
      },
      { name: 'a', value: '3', file: '/root/.my.cnf', reading: 1 },
    ])
    expect(order).toMatchObject({ problems: [], isComplete: true, isOrderSure: true, folders: [] })
  })

  it('is what is included, at its place; the group goes on behind it, and begins anew in it', () => {
    const files = { '/a.cnf': '[mysqld]\nx=1\n[other]\ny=1\n' }
    const { settings } = readOrder(etc('[mysqld]\na=1\n!include /a.cnf\nb=2\n', files))
    expect(settings.map(({ name, group }) => `${group} ${name}`)).toEqual([
      'mysqld a',
      'mysqld x',
      'other y',
      'mysqld b',
    ])
    expect(read(etc('[mysqld]\na=1\n!include /a.cnf\nb=2\n', { '/a.cnf': 'x=1\n' }))).toEqual({
      set: ['a=1', 'b=2'],
      problems: ['stops-file /a.cnf:1'],
    })
  })

  it('is the files of a folder that end in .cnf, sorted by bytes', () => {
    const names = ['z.cnf', 'a.cnf', 'M.cnf', '.h.cnf', 'x.CNF', 'y.cnf~', 'w.ini', '.cnf', 'v.cnf.bak', 'q.w.cnf']
    const files = Object.fromEntries(names.map((name) => [`/d/${name}`, `[mysqld]\nf=${name}\n`]))
    const links = {
      '/d/dir.cnf': file('', { type: 'directory' }),
      '/d/off.cnf': file('', { type: 'link', mode: '0777' }),
    }
    const { folders, ...order } = readOrder(etc('[mysqld]\n!includedir /d/\nb=2\n', { ...files, ...links }))
    const expected = ['.cnf', '.h.cnf', 'M.cnf', 'a.cnf', 'q.w.cnf', 'z.cnf', '2']
    expect(order.settings.map(({ value }) => value)).toEqual(expected)
    expect(folders).toMatchObject([{ path: '/d', by: { file: '/etc/my.cnf', line: 2 }, at: 0, end: 6 }])
    expect(order.problems).toEqual([])
  })

  it('are files that include each other, again and again', () => {
    const own = read(etc('[mysqld]\nx=1\n!include /etc/my.cnf\ny=1\n'))
    expect([own.set.filter((each) => each === 'x=1').length, own.set.length]).toEqual([11, 22])
    expect(own.problems).toEqual(['note /etc/my.cnf:3', 'ignored /etc/my.cnf:3'])
    // What stands before the include of the innermost one is the last that is read.
    const files = { '/b.cnf': '[mysqld]\nx=2\n!include /etc/my.cnf\n' }
    expect(read(etc('[mysqld]\nx=1\n!include /b.cnf\n', files)).set.at(-1)).toBe('x=1')
  })

  it('are files that include their own folder, and no end of them', () => {
    const names = ['a', 'b', 'c', 'd'].map((name) => [`/d/${name}.cnf`, '[mysqld]\nx=1\n!includedir /d\n'])
    const order = readOrder(etc('!includedir /d\n', Object.fromEntries(names)))
    expect(order.files).toHaveLength(500)
    expect(order.isComplete).toBe(false)
  })
})

describe('what stops the server', () => {
  it.each([
    ['a=1\n[mysqld]\nb=2\n', [], ['stops-server /etc/my.cnf:1']],
    ['[mysqld]\na=1\n[broken\nb=2\n', ['a=1'], ['stops-server /etc/my.cnf:3']],
    ['\xef\xbb\xbf[mysqld]\na=1\n', [], ['stops-server /etc/my.cnf:1']],
    ['[mysqld]\na=1\n!include   \nb=2\n', ['a=1'], ['stops-server /etc/my.cnf:3']],
    ['[mysqld]\na=1\n!includedir /missing\nb=2\n', ['a=1'], ['stops-server /etc/my.cnf:3']],
    ['[mysqld]\n= 5\nb=2\n', ['b=2', 'c=3'], ['stops-server /etc/my.cnf:2']],
  ])('%j', (bytes, set, problems) => {
    expect(read(etc(bytes, { '/etc/mysql/my.cnf': '[mysqld]\nc=3\n' }))).toEqual({ set, problems })
  })

  it.each([
    ['[mysqld]\nx=1\noops[\n[bad\ny=1\n', ['a=1', 'x=1', 'oops[', 'b=2'], ['stops-file /i.cnf:4']],
    ['[mysqld]\nx=1\n!includedir /missing\ny=1\n', ['a=1', 'x=1', 'b=2'], ['stops-file /i.cnf:3']],
  ])('only spoils an included file: %j', (bytes, set, problems) => {
    expect(read(etc('[mysqld]\na=1\n!include /i.cnf\nb=2\n', { '/i.cnf': bytes }))).toEqual({ set, problems })
  })
})

describe('what is passed over', () => {
  it.each([
    ['!include /missing.cnf', 'note /etc/my.cnf:2'],
    ['!include "/i.cnf"', 'unsure /etc/my.cnf:2'],
    ['!include i.cnf', 'unsure /etc/my.cnf:2'],
    ['!include /i.cnf # why', 'note /etc/my.cnf:2'],
    ['!what /i.cnf', 'ignored /etc/my.cnf:2'],
    [`# ${'x'.repeat(5000)}`, 'unsure /etc/my.cnf:2'],
  ])('%s', (line, problem) => {
    expect(read(etc(`[mysqld]\n${line}\nb=2\n`, { '/i.cnf': '[mysqld]\nx=1\n' }))).toEqual({
      set: ['b=2'],
      problems: [problem],
    })
  })

  it('is an include without a line end, since its path loses a letter', () => {
    const order = readOrder(etc('[mysqld]\n!include /i.cnf', { '/i.cnf': '[mysqld]\nx=1\n' }))
    expect(order.settings).toEqual([])
    expect(order.problems).toMatchObject([{ text: '/i.cn is not there; the server passes over it.' }])
  })

  const bytes = '[mysqld]\nx=1\n'
  const mysql = { user: 'mysql', groups: ['mysql'] }
  it.each([
    ['0646', 'root', null, 'ignored'],
    ['0666', 'root', mysql, 'ignored'],
    ['0644', 'root', mysql, 'read'],
    ['0640', 'root', mysql, 'ignored'],
    ['0640', 'root', null, 'read'],
    ['0600', 'root', { user: 'root', groups: [] }, 'read'],
    ['0640', 'mysql', mysql, 'read'],
    ['0604', 'mysql', mysql, 'ignored'],
  ] as const)('or not: a file with mode %s of group %s, read as %o', (mode, group, readsAs, expected) => {
    const sources = host({ '/etc/my.cnf': file(bytes, { mode, group }) }, { readsAs })
    expect(read(sources)).toEqual(
      expected === 'read' ? { set: ['x=1'], problems: [] } : { set: [], problems: ['ignored /etc/my.cnf'] },
    )
  })
})

describe('what is not known', () => {
  const unread = { state: 'unread', why: 'denied' } as const
  it('is said', () => {
    const sources = host({ '/etc/my.cnf': unread, '/etc/mysql/my.cnf': '!includedir /d\n' }, { home: null })
    const order = readOrder({ ...sources, listDir: () => unread })
    expect(order.isComplete).toBe(false)
    expect(order.problems.map(({ effect, file: at }) => `${effect} ${at}`)).toEqual([
      'unsure /etc/my.cnf',
      'unsure /etc/mysql/my.cnf',
      'unsure ~/.my.cnf',
    ])
  })

  it.each([
    ['5.0.51', false, true, ['1', '2']],
    ['5.1.73', true, true, ['1', '2']],
    ['5.7.44', true, false, ['1', '2', '3']],
    ['8.0.36', true, true, ['1', '2', '3']],
    ['10.3.39-MariaDB', true, false, ['1', '2', '3']],
    ['10.5.23-MariaDB', true, true, ['1', '2', '3']],
  ])('is the order of a folder in %s', (text, isOrderSure, isComplete, values) => {
    const files = { '/d/a.cnf': '[mysqld]\nx=1\n', '/d/b.cnf': '[mysqld]\nx=2\n', '/d/c.d.cnf': '[mysqld]\nx=3\n' }
    const sources = host({ '/etc/my.cnf': '!includedir /d\n', ...files }, { version: version(text) })
    const order = readOrder(sources)
    expect(order).toMatchObject({ isOrderSure, isComplete })
    expect(order.settings.map(({ value }) => value)).toEqual(values)
  })
})
