import { expect, it } from 'vitest'
import { countersOf } from './counters'

const before = { XfrmInNoStates: 4, XfrmInError: 2, XfrmOutNoStates: 0 }

it('tells what rose first, then what is not zero', () => {
  const counters = countersOf(before, { XfrmInError: 2, XfrmInNoStates: 9, XfrmOutNoStates: 0, XfrmFuture: 1 })
  expect(counters?.map(({ name, now, rose }) => [name, now, rose])).toEqual([
    ['XfrmInNoStates', 9, 5],
    ['XfrmFuture', 1, 1],
    ['XfrmInError', 2, 0],
  ])
  expect(counters?.map(({ means }) => means)).toEqual([
    expect.stringMatching(/no SA of this host/),
    null,
    expect.stringMatching(/no other counter/),
  ])
})

it('tells of no rise without a first look, or after a boot', () => {
  expect(countersOf(null, before)?.map(({ rose }) => rose)).toEqual([null, null])
  expect(countersOf(before, { XfrmInNoStates: 1, XfrmInError: 2 })?.map(({ rose }) => rose)).toEqual([0, 0])
})

it('tells a kernel without counters from one that dropped nothing', () => {
  expect(countersOf({}, {})).toBeNull()
  expect(countersOf(null, { XfrmInError: 0 })).toEqual([])
})
