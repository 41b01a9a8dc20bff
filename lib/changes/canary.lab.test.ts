import { afterEach, describe, expect, it } from 'vitest'
import { cutLink, restoreLink, waitUntil } from '@/e2e/lab/lab'
import { watchChange } from './bus'
import { beginDue, changesSettled } from './engine'
import { finishChange } from './finish-change'
import { revertChange } from './revert-change'
import { applyChange, resumeChange } from './run/apply-change'
import { stopChange } from './stop-change'
import { changeLab } from './testing/change-lab'

const lab = changeLab()
const { has, add, plan, begin, apply, change, fileOn, on, text, traces, untilFileSays } = lab
const inPast = () => new Date(Date.now() - 1_000)
const names = ['alder', 'birch', 'cedar']

/** Alder goes first; birch and cedar are the others. */
const three = async (wish: Parameters<typeof plan>[1] = {}) => {
  const hosts = [await add('alder'), await add('birch'), await add('cedar')]
  return { alder: hosts[0] ?? '', birch: hosts[1] ?? '', changeId: await plan(hosts, wish) }
}
const files = () => Promise.all(names.map(fileOn))
const noTraces = async () => expect(await Promise.all(names.map(traces))).toEqual(['', '', ''])
const outcomes = async (changeId: number) => (await change(changeId)).hosts.map((host) => host.outcome)

/** Ends what ended split, by one of its two ways, and tells what the hosts have then. */
const end = async (changeId: number, way: 'finish forward' | 'take all back') => {
  const planned = await (way === 'finish forward' ? finishChange : revertChange)(lab.ctx(), { changeId })
  if (!('changeId' in planned)) throw new Error(planned.nothingToDo)
  expect(await apply(planned.changeId)).toMatchObject({ outcome: 'applied' })
  return files()
}
const allNew = ['new\n', 'new\n', 'new\n']
const allOld = ['old\n', 'old\n', 'old\n']

describe.skipIf(!has(...names))('one host first, and then', () => {
  const fail = '/tmp/pollux-test-fails-here'
  afterEach(async () => {
    await restoreLink('birch')
    await on('birch', `rm -f ${fail}`)
  })

  it.each(['finish forward', 'take all back'] as const)(
    'the others fail: they take it back together, it is split, and ended by: %s',
    async (way) => {
      await on('birch', `touch ${fail}`)
      const { alder, changeId } = await three({ run: ['test', '!', '-e', fail] })
      await begin(changeId, { canaryId: alder })
      await changesSettled()
      expect(await change(changeId)).toMatchObject({
        outcome: 'split',
        detail: 'alder went first and has it. birch: taken back; cedar: taken back.',
      })
      expect(await outcomes(changeId)).toEqual(['applied', 'reverted', 'reverted'])
      expect(await files()).toEqual(['new\n', 'old\n', 'old\n'])
      await on('birch', `rm -f ${fail}`)
      expect(await end(changeId, way)).toEqual(way === 'finish forward' ? allNew : allOld)
      await noTraces()
    },
  )

  it('somebody stops it while it looks at the others: they are left alone', async () => {
    const { alder, changeId } = await three({ sleepS: 2 })
    await begin(changeId, { canaryId: alder })
    await untilFileSays('alder', 'new\n')
    // It can't read birch again for as long as that, so this moment lasts.
    await cutLink('birch')
    await waitUntil('alder has it', async () => (await outcomes(changeId))[0] === 'applied', 20)
    await stopChange(lab.ctx(), { changeId })
    await restoreLink('birch')
    await changesSettled()
    expect(await outcomes(changeId)).toEqual(['applied', 'not-started', 'not-started'])
    const { outcome, detail } = await change(changeId)
    expect([outcome, detail]).toEqual(['split', expect.stringContaining('ada asked to stop before')])
    expect(await files()).toEqual(['new\n', 'old\n', 'old\n'])
    await noTraces()
  })

  it('its window ends while the first runs: that one ends in peace, the others are not begun', async () => {
    const { alder, changeId } = await three({ sleepS: 1 })
    await begin(changeId, { canaryId: alder })
    await untilFileSays('alder', 'new\n')
    await lab.db().change.update({ where: { id: changeId }, data: { beginAt: inPast(), expiresAt: inPast() } })
    await changesSettled()
    expect(await change(changeId)).toMatchObject({
      outcome: 'split',
      detail: 'alder went first and has it. The approval had expired by then. birch, cedar were not touched.',
    })
    expect(await files()).toEqual(['new\n', 'old\n', 'old\n'])
    await noTraces()
  })

  it.each([
    // Never started late: what was not begun when Pollux went is withdrawn.
    ['before the others were started', 'split', ['new\n', 'old\n', 'old\n']],
    ['while the others run', 'applied', allNew],
  ] as const)('Pollux is gone %s, and comes again', async (when, outcome, ends) => {
    const { alder, changeId } = await three({ sleepS: 1, guarded: true })
    const approval = { approvedBy: 'ada', approvedAt: new Date(), expiresAt: new Date(Date.now() + 60_000) }
    await lab.db().change.update({ where: { id: changeId }, data: { ...approval, state: 'approved', canaryId: alder } })
    const first = new AbortController()
    const isThere = async () =>
      when === 'while the others run'
        ? (await files()).every((file) => file === 'new\n')
        : (await text(changeId)).includes('alder went first and proved it: now birch, cedar')
    // Looked at whenever the record grows, as bringing it to the others takes less than a poll.
    const unwatch = watchChange(changeId, () => void isThere().then((there) => there && first.abort()))
    const run = applyChange(changeId, first.signal)
    await waitUntil(`it is ${when}`, async () => first.signal.aborted || (await isThere()), 40)
    first.abort()
    unwatch()
    await run
    expect((await change(changeId)).state).toBe('applying')
    await resumeChange(changeId, new AbortController().signal)
    expect(await change(changeId)).toMatchObject({ outcome })
    expect(await files()).toEqual(ends)
    await noTraces()
    if (outcome === 'split') expect(await end(changeId, 'finish forward')).toEqual(allNew)
  })

  it('none may go first where one host must give back last', async () => {
    const [alder, birch] = [await add('alder'), await add('birch')]
    const changeId = await plan([alder, birch], { guarded: true, outlasts: [birch] })
    expect((await change(changeId)).canaries).toEqual([])
    for (const canaryId of [alder, birch])
      await expect(begin(changeId, { canaryId })).rejects.toMatchObject({ code: 'invalid' })
    expect((await change(changeId)).state).toBe('planned')
  })
})

describe.skipIf(!has('alder'))('a change that was approved', () => {
  it('is stopped before it began on its host: nothing is touched', async () => {
    const changeId = await plan([await add('alder')])
    await cutLink('alder')
    try {
      await begin(changeId)
      await waitUntil('it is taken up', async () => (await change(changeId)).state === 'applying', 10)
      await stopChange(lab.ctx(), { changeId })
    } finally {
      await restoreLink('alder')
    }
    await changesSettled()
    const { outcome, detail } = await change(changeId)
    expect([outcome, detail]).toEqual(['not-started', 'ada asked to stop before it began.'])
    expect([await fileOn('alder'), await traces('alder')]).toEqual(['old\n', ''])
  })

  it('expires by itself while another one holds its host', async () => {
    const alder = await add('alder')
    const [first, late] = [await plan([alder], { sleepS: 3 }), await plan([alder], { bytes: 'late\n' })]
    await begin(first)
    await begin(late)
    await lab.db().change.update({ where: { id: late }, data: { expiresAt: new Date(Date.now() + 500) } })
    await beginDue()
    await waitUntil('it expired', async () => (await change(late)).outcome === 'expired', 10)
    expect((await change(first)).state).toBe('applying')
    await changesSettled()
    expect([(await change(first)).outcome, await fileOn('alder')]).toEqual(['applied', 'new\n'])
  })
})
