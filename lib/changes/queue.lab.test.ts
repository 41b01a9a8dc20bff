import { describe, expect, it } from 'vitest'
import { waitUntil } from '@/e2e/lab/lab'
import { dropChange } from './decide-change'
import { beginDue, changesSettled, resumeChanges } from './engine'
import { stopChange } from './stop-change'
import { changeLab } from './testing/change-lab'

const lab = changeLab()
const { path, has, add, plan, begin, change, fileOn, on, text, untilFileSays } = lab
const inPast = () => new Date(Date.now() - 1_000)

describe.skipIf(!has('cedar', 'jump'))('the queue', () => {
  it('lets a second change of a host wait for the first, in the order of approval, and others begin at once', async () => {
    const [cedar, jump] = [await add('cedar'), await add('jump')]
    // The first is taken back, so that the second finds the host as it was planned.
    const first = await plan([cedar], { sleepS: 5, expected: 'something else' })
    const [second, third] = [await plan([cedar], { bytes: '2\n', sleepS: 1 }), await plan([cedar], { bytes: '3\n' })]
    const apart = await plan([jump])
    await begin(first)
    await begin(second)
    await begin(third)
    await begin(apart)
    expect(await change(second)).toMatchObject({
      state: 'queued',
      waitsFor: [{ changeId: first, hostNames: ['cedar'] }],
    })
    expect((await change(third)).waitsFor.map((each) => each.changeId)).toEqual([first, second])
    await waitUntil('the one apart ended', async () => (await change(apart)).outcome === 'applied', 20)
    expect((await change(first)).state).toBe('applying')
    await changesSettled()
    expect([(await change(first)).outcome, (await change(second)).outcome]).toEqual(['reverted', 'applied'])
    const [firstEnd, secondStart] = [(await change(first)).endedAt, (await change(second)).startedAt]
    expect(secondStart?.getTime()).toBeGreaterThanOrEqual(firstEnd?.getTime() ?? Number.POSITIVE_INFINITY)
    expect(await text(second)).toContain(`waits for #${first} on cedar: begins by itself`)
    // It rests on the file that the second wrote meanwhile.
    expect((await change(third)).state).toBe('stale')
  })

  it('asks again when the change before it changed what it rests on', async () => {
    const cedar = await add('cedar')
    const [first, second] = [await plan([cedar], { sleepS: 3 }), await plan([cedar], { bytes: 'second\n' })]
    await begin(first)
    await begin(second)
    await changesSettled()
    expect(await change(second)).toMatchObject({ state: 'stale', changed: [{ before: 'old\n', now: 'new\n' }] })
    expect(await fileOn('cedar')).toBe('new\n')
  })

  it('asks again for one byte, with what differs', async () => {
    const changeId = await plan([await add('cedar')])
    await on('cedar', `printf 'old \\n' > ${path}`)
    await begin(changeId)
    await changesSettled()
    expect(await change(changeId)).toMatchObject({
      state: 'stale',
      changed: [{ before: 'old\n', now: 'old \n' }],
      difference: { steps: [{ title: 'Write the file', how: 'changed' }], files: [], checks: [] },
    })
    expect(await fileOn('cedar')).toBe('old \n')
  })

  it('ends one whose approval expired while it waited, and one that was called off', async () => {
    const cedar = await add('cedar')
    const first = await plan([cedar], { sleepS: 4 })
    const [late, off] = [await plan([cedar], { bytes: 'late\n' }), await plan([cedar], { bytes: 'off\n' })]
    for (const id of [first, late, off]) await begin(id)
    await dropChange(lab.ctx(), { changeId: off })
    await lab.db().change.update({ where: { id: late }, data: { expiresAt: inPast() } })
    await changesSettled()
    expect(await change(late)).toMatchObject({ state: 'ended', outcome: 'expired' })
    expect((await change(late)).detail).toContain('The approval expired while it')
    expect(await change(off)).toMatchObject({ outcome: 'cancelled', detail: 'Called off by ada. Nothing was touched.' })
    expect(await fileOn('cedar')).toBe('new\n')
  })

  it('goes on where it was when Pollux is started again', async () => {
    const cedar = await add('cedar')
    const changeId = await plan([cedar])
    const approval = { approvedBy: 'ada', approvedAt: new Date(), expiresAt: new Date(Date.now() + 60_000) }
    await lab.db().change.update({ where: { id: changeId }, data: { state: 'queued', ...approval } })
    await resumeChanges()
    await changesSettled()
    expect((await change(changeId)).outcome).toBe('applied')
  })
})

describe.skipIf(!has('cedar'))('an approval for a time', () => {
  const at = (ms: number) => ({ kind: 'at' as const, at: new Date(Date.now() + ms).toISOString() })

  it('begins then, by itself', async () => {
    const changeId = await plan([await add('cedar')])
    await begin(changeId, { when: at(2_000) })
    expect((await change(changeId)).state).toBe('scheduled')
    expect(await fileOn('cedar')).toBe('old\n')
    await waitUntil('it ended', async () => (await change(changeId)).outcome === 'applied', 30)
    const { beginAt, startedAt } = await change(changeId)
    expect(startedAt?.getTime()).toBeGreaterThanOrEqual(beginAt?.getTime() ?? Number.POSITIVE_INFINITY)
  })

  it('is never late: a Pollux that was down meanwhile ends it, untouched', async () => {
    const changeId = await plan([await add('cedar')])
    await begin(changeId, { when: at(3_600_000) })
    await lab.db().change.update({ where: { id: changeId }, data: { beginAt: inPast(), expiresAt: inPast() } })
    await resumeChanges()
    await changesSettled()
    expect(await change(changeId)).toMatchObject({ state: 'ended', outcome: 'expired' })
    expect((await change(changeId)).detail).toContain('passed before it could begin')
    expect(await fileOn('cedar')).toBe('old\n')
  })

  it('can be called off, and is refused for a time that is over', async () => {
    const changeId = await plan([await add('cedar')])
    await expect(begin(changeId, { when: at(-1_000) })).rejects.toMatchObject({ code: 'invalid' })
    await begin(changeId, { when: at(1_500) })
    await dropChange(lab.ctx(), { changeId })
    await beginDue()
    expect(await change(changeId)).toMatchObject({ state: 'ended', outcome: 'cancelled' })
  })

  it('lasts to the end of the hosts’ maintenance window, and needs one', async () => {
    const cedar = await add('cedar')
    const changeId = await plan([cedar])
    const window = { kind: 'window' as const }
    await expect(begin(changeId, { when: window })).rejects.toMatchObject({
      userMessage: 'cedar has no maintenance window.',
    })
    const windows = JSON.stringify([{ days: [0, 1, 2, 3, 4, 5, 6], start: '00:00', minutes: 1_440, zone: 'UTC' }])
    await lab.db().host.update({ where: { id: cedar }, data: { windows } })
    await begin(changeId, { when: window })
    const { beginAt, expiresAt } = await change(changeId)
    expect((expiresAt?.getTime() ?? 0) - (beginAt?.getTime() ?? 0)).toBe(86_400_000)
    await changesSettled()
    expect((await change(changeId)).outcome).toBe('applied')
  })

  it('is refused for a host that others are reached through', async () => {
    const [cedar, jump] = [await add('cedar'), await add('jump')]
    await lab.db().host.update({ where: { id: cedar }, data: { jumpHostId: jump } })
    const changeId = await plan([jump])
    await expect(begin(changeId, { when: at(60_000) })).rejects.toMatchObject({ code: 'invalid' })
    expect((await change(changeId)).state).toBe('planned')
  })
})

describe.skipIf(!has('cedar', 'jump'))('one host first', () => {
  const two = async (wish: Parameters<typeof plan>[1] = {}) => {
    const [cedar, jump] = [await add('cedar'), await add('jump')]
    return { cedar, jump, changeId: await plan([cedar, jump], wish) }
  }

  it.each([false, true])('proves it there, then goes on with the rest (guarded: %s)', async (guarded) => {
    const { cedar, changeId } = await two({ guarded, barrier: true })
    await begin(changeId, { canaryId: cedar })
    await changesSettled()
    expect((await change(changeId)).outcome).toBe('applied')
    const [one, other] = (await change(changeId)).hosts
    expect(other?.startedAt?.getTime()).toBeGreaterThanOrEqual(one?.endedAt?.getTime() ?? Number.POSITIVE_INFINITY)
    expect([await fileOn('cedar'), await fileOn('jump')]).toEqual(['new\n', 'new\n'])
    expect(await text(changeId)).toContain('cedar went first and proved it: now jump')
  })

  it('never touches the rest when it did not end well', async () => {
    const { cedar, jump, changeId } = await two({ expected: 'something else' })
    const folders = async () => (await on('jump', 'ls /var/lib/pollux/changes 2>/dev/null')).stdout
    const before = await folders()
    await begin(changeId, { canaryId: cedar })
    await changesSettled()
    const seen = await change(changeId)
    expect(seen).toMatchObject({
      outcome: 'reverted',
      detail: 'cedar went first: taken back. jump was not touched.',
    })
    const rest = seen.hosts.find((host) => host.hostId === jump)
    expect(rest).toMatchObject({ outcome: 'not-started', directory: null })
    expect([await fileOn('cedar'), await fileOn('jump')]).toEqual(['old\n', 'old\n'])
    expect(await folders()).toBe(before)
  })

  it('is stopped and taken back while it runs, and the rest is left alone', async () => {
    const { cedar, changeId } = await two({ sleepS: 3, run: ['touch', '/tmp/never'] })
    await begin(changeId, { canaryId: cedar })
    await untilFileSays('cedar', 'new\n')
    await stopChange(lab.ctx(), { changeId })
    await changesSettled()
    expect((await change(changeId)).outcome).toBe('reverted')
    expect([await fileOn('cedar'), await fileOn('jump')]).toEqual(['old\n', 'old\n'])
  })

  it('leaves a rest alone that is no longer as planned, and says so', async () => {
    const { cedar, changeId } = await two({ sleepS: 3 })
    await begin(changeId, { canaryId: cedar })
    await untilFileSays('cedar', 'new\n')
    await on('jump', `printf 'edited\\n' > ${path}`)
    await changesSettled()
    const seen = await change(changeId)
    expect(seen.outcome).toBe('split')
    expect(seen.detail).toContain('jump was not touched')
    expect([await fileOn('cedar'), await fileOn('jump')]).toEqual(['new\n', 'edited\n'])
  })

  it('goes on with the rest after a restart', async () => {
    const { cedar, jump, changeId } = await two()
    const approval = { approvedBy: 'ada', approvedAt: new Date(), expiresAt: new Date(Date.now() + 60_000) }
    const begun = { state: 'applying', startedAt: new Date(), committedAt: new Date(), canaryId: cedar }
    await lab.db().change.update({ where: { id: changeId }, data: { ...approval, ...begun } })
    const ended = { state: 'ended', outcome: 'applied', endedAt: new Date() }
    await lab.db().changeHost.updateMany({ where: { changeId, hostKeptId: cedar }, data: ended })
    await resumeChanges()
    await changesSettled()
    expect((await change(changeId)).hosts.find((host) => host.hostId === jump)?.outcome).toBe('applied')
    expect(await fileOn('jump')).toBe('new\n')
  })

  it('is not offered where the hosts depend on each other', async () => {
    const { changeId } = await two()
    await expect(begin(changeId, { canaryId: 'nobody' })).rejects.toMatchObject({ code: 'invalid' })
  })
})
