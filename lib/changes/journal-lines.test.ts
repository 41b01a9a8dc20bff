import { expect, it } from 'vitest'
import { parseBegin, parseJournal } from './journal-lines'

it('takes whole lines and leaves the last, unfinished one', () => {
  const bytes = Buffer.from('1.50\tbegin\t-\tboot abc epoch 1700000000\n2.00\tstart\t1\t\n3.0\tdo')
  const { lines, taken } = parseJournal(bytes)
  expect(lines.map(({ kind, subject }) => [kind, subject])).toEqual([
    ['begin', null],
    ['start', '1'],
  ])
  expect(bytes.subarray(taken).toString()).toBe('3.0\tdo')
})

it('passes over half a line that a full disk left, and keeps tabs in a text', () => {
  const { lines } = parseJournal(
    Buffer.from('1.5\tsta1.6\tstart\t1\t\nrubbish\n2\tout\t1\ta\tb\n9\tunknown-kind\t-\t\n'),
  )
  expect(lines.map(({ kind, text }) => [kind, text])).toEqual([['out', 'a\tb']])
})

it('counts bytes, not characters', () => {
  const bytes = Buffer.from('1\tout\t1\tünï\n')
  expect(parseJournal(bytes).taken).toBe(bytes.length)
})

it('reads boot and clock of a begin line only', () => {
  const line = { uptime: 1, kind: 'begin' as const, subject: null, text: 'boot b-1 epoch 42' }
  expect(parseBegin(line)).toEqual({ bootId: 'b-1', epoch: 42 })
  expect(parseBegin({ ...line, kind: 'out' })).toBeNull()
})
