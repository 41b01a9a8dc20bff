import { describe, expect, it } from 'vitest'
import { byColumn, countOf, namesAndValues, parseAnswer } from './parse-answer'

const mark = (name: string) => `@@pollux\t${name}\n@@pollux\t${name}\n`

describe('an answer of the client', () => {
  it('is told apart by section, with the server’s sentence where a statement failed', () => {
    const answer = parseAnswer(
      `${mark('plugins')}Level\tCode\tMessage\nError\t1064\tYou have an error\\nnear 'PLUGINS'\n${mark('schemas')}COUNT(*)\tx\n3\t1\n${mark('slave')}${mark('end')}`,
    )
    expect(answer).toEqual({
      isWhole: true,
      sections: {
        plugins: { results: { columns: [], rows: [] }, error: "You have an error\nnear 'PLUGINS'" },
        schemas: { results: { columns: ['COUNT(*)', 'x'], rows: [['3', '1']] }, error: null },
        slave: { results: { columns: [], rows: [] }, error: null },
      },
    })
  })

  it('has no section that was cut', () => {
    const answer = parseAnswer(`${mark('schemas')}a\tb\n1\t2\n${mark('status')}Variable_name\tValue\nUptime\t1`)
    expect(Object.keys(answer.sections)).toEqual(['schemas'])
    expect(answer.isWhole).toBe(false)
  })

  it('is nothing where the client said nothing', () => {
    expect(parseAnswer('')).toEqual({ sections: {}, isWhole: false })
  })

  it('counts what is a whole number, and nothing else', () => {
    expect(['12', '-1', '5.000', '4294967295', 'NULL', '', '1e3', null, undefined, '12.5'].map(countOf)).toEqual([
      12,
      -1,
      5,
      4294967295,
      ...[null, null, null, null, null, null],
    ])
  })

  it('goes by the columns’ names whatever their letters', () => {
    const rows = { columns: ['Name', 'LIBRARY'], rows: [['a', null]] }
    expect(byColumn(rows)).toEqual([{ name: 'a', library: null }])
    expect(
      namesAndValues({
        columns: ['n', 'v'],
        rows: [
          ['a', null],
          [null, 'x'],
          ['b', '2'],
        ],
      }),
    ).toEqual({ a: '', b: '2' })
  })
})
