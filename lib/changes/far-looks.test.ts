import { describe, expect, it } from 'vitest'
import type { Check, FarCheck, FarRead, Plan } from '@/lib/agent'
import { farLooksOf, isTakenAlone, secondsToLook } from './far-looks'

const smtp = (address: string): FarRead => ({ kind: 'smtp', from: { kind: 'dashboard' }, address, port: 25 })
const dns = (name: string): FarRead => ({ kind: 'dns', server: null, ask: { kind: 'addresses-of', name } })
const mail = (sender: string): FarRead => ({
  kind: 'mail',
  hostId: 'h',
  handIn: { by: 'sendmail', program: 'sendmail' },
  config: null,
  sender,
  to: { kind: 'pollux' },
})
const check = (id: string, far: FarRead, timeoutS = 10): FarCheck => ({
  id,
  hostId: 'h',
  title: id,
  weight: 'must',
  timeoutS,
  read: { far },
  expect: { name: 'x', equals: 'y' },
})
const onHost: Check = {
  id: 'host',
  hostId: 'h',
  title: 'host',
  weight: 'must',
  timeoutS: 500,
  read: { file: '/x' },
  expect: { absent: true },
}
const planOf = (...checks: Check[]): Plan => ({
  agent: { id: 'x', version: 1 },
  title: '',
  summary: '',
  phases: [],
  checks,
  basis: [],
  findings: [],
  guard: null,
  nothingToDo: null,
})

describe('the looks of checks', () => {
  it('are each taken once for all that it answers, in their order, for as long as the longest may take', () => {
    const a = check('a', smtp('192.0.2.1'), 5)
    const b = check('b', dns('a.example'))
    // The same, whatever the order in which it was said.
    const c = check('c', { port: 25, address: '192.0.2.1', from: { kind: 'dashboard' }, kind: 'smtp' }, 20)
    const looks = farLooksOf([a, b, c])
    expect(looks).toEqual([
      { read: a.read.far, checks: [a, c], timeoutS: 20 },
      { read: b.read.far, checks: [b], timeoutS: 10 },
    ])
  })

  it.each<[string, FarRead, FarRead]>([
    ['address', smtp('192.0.2.1'), smtp('192.0.2.2')],
    [
      'vantage point',
      smtp('192.0.2.1'),
      { kind: 'smtp', from: { kind: 'host', hostId: 'h' }, address: '192.0.2.1', port: 25 },
    ],
    ['name', dns('a.example'), dns('b.example')],
    ['sender', mail('a@a.example'), mail('b@a.example')],
  ])('are two where the %s is another', (_, one, two) =>
    expect(farLooksOf([check('a', one), check('b', two)])).toHaveLength(2),
  )

  it('are none where there is no check', () => expect(farLooksOf([])).toEqual([]))

  it('are taken alone where a message is sent', () => {
    const looks = farLooksOf([check('a', smtp('192.0.2.1')), check('b', dns('a.example')), check('c', mail(''))])
    expect(looks.map(isTakenAlone)).toEqual([false, false, true])
  })
})

describe('the seconds that all looks of a plan may take', () => {
  it.each<[string, Check[], number]>([
    ['nothing is looked at from afar', [onHost], 0],
    [
      'several are taken together: the longest of them',
      [check('a', smtp('192.0.2.1'), 20), check('b', dns('a.example'), 30)],
      30,
    ],
    ['messages follow one another', [check('a', mail('a@a.example'), 75), check('b', mail('b@a.example'), 60)], 135],
    [
      'both, and a check of the host beside',
      [
        onHost,
        check('a', mail(''), 75),
        check('b', mail(''), 70),
        check('c', dns('a.example'), 30),
        check('d', smtp('::1'), 20),
      ],
      105,
    ],
  ])('%s', (_, checks, seconds) => expect(secondsToLook(planOf(...checks))).toBe(seconds))
})
