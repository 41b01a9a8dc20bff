import { describe, expect, it } from 'vitest'
import { hostsForTests } from '@/e2e/lab/lab'
import { runMatrix } from './matrix'
import { runCuts } from './random-cuts'
import { shortForm } from './short-form'
import { missingSubjects } from './subjects'

const names = hostsForTests().map((host) => host.name)
const say = (line: string) => console.log(line)

describe.skipIf(names.length === 0)('the fault matrix', { timeout: 1_800_000 }, () => {
  it('has a subject for every agent', () => {
    expect(missingSubjects()).toEqual([])
  })

  it.skipIf(!names.includes('alder') || !names.includes('cedar'))('has no red cell in its short form', async () => {
    const picks = shortForm(names, 'others')
    const { results } = await runMatrix({ picks, undoDisabled: false }, say)
    expect(results.filter(({ wrong }) => wrong.length > 0).map(({ wrong }) => wrong)).toEqual([])
    expect(results).toHaveLength(picks.length)
  })

  it.skipIf(!names.includes('alder'))('is red when the undo does nothing', async () => {
    const wanted = { subject: 'test', host: 'alder', fault: 'proof-fails', moment: 'planned', undoDisabled: true }
    const { results } = await runMatrix(wanted, say)
    expect(results.map(({ end, wrong }) => [end, wrong[0]])).toEqual([
      ['reverted', 'the screen says reverted of alder, and the host differs'],
    ])
  })

  it.skipIf(!names.includes('alder'))('brings every host to an end after cuts at random moments', async () => {
    const { wrong, cuts, quiet } = await runCuts({ subject: 'test', cuts: 12, quiet: 4, seed: 1 }, say)
    expect(wrong).toEqual([])
    expect([cuts, quiet]).toEqual([12, 4])
  })
})
