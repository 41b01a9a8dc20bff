import { describe, expect, it } from 'vitest'
import { hostExec, waitUntil } from '@/e2e/lab/lab'
import { openPlan } from '@/lib/changes/plan-record'
import { resumeChange } from '@/lib/changes/run/apply-change'
import { hostRunsOf } from '@/lib/changes/run/host-run'
import { upload } from '@/lib/changes/run/upload'
import { watchHost } from '@/lib/changes/run/watch-host'
import { deliver } from './testing/deliver'
import { listening, shell, stateOf } from './testing/host-state'
import { alias, mailLab } from './testing/mail-lab'
import { hostsOf } from './testing/short-form'
import { mail, ownAddressWish } from './testing/wishes'

const lab = mailLab()
const { add, change, db, factsOf, planned } = lab

describe.each(hostsOf('dashboard gone', ['oak', 'maple', 'pine']))('a dashboard that is gone, for %s', (name) => {
  it('leaves a host that waits for the proof from afar: at its deadline it takes back the mail and the address', async () => {
    const hostId = await add(name)
    const before = await stateOf(name)
    const wish = ownAddressWish(await factsOf(hostId), hostId)
    const changeId = await planned(hostId, wish, [alias(hostId, mail.address)])
    // As Pollux leaves it when it is killed once the host has proved its own part.
    const started = { state: 'applying', startedAt: new Date() }
    const { sealedPlan } = await db().change.update({ where: { id: changeId }, data: started })
    const [run] = await hostRunsOf(changeId, openPlan(sealedPlan))
    if (!run) throw new Error('expected a host')
    const { signal } = new AbortController()
    await upload(run)
    expect(await watchHost(run, 'start', 'phase.1', signal)).toBe('reached')
    expect(await watchHost(run, 'go.2', 'proved', signal)).toBe('reached')
    expect(await listening(name, 25)).toEqual(['127.0.0.1:25', '203.0.113.40:25'])
    expect(await deliver(name)).toEqual({ source: mail.address, helo: mail.helo })

    const { directory } = run.work
    await shell(name, `. ${directory}/common; set_deadline 1`)
    const end = ['test', '-e', `${directory}/state/end.reverted`]
    await waitUntil(`${name} took it back`, async () => (await hostExec(name, end)).code === 0, 60)
    expect(await stateOf(name)).toBe(before)
    expect(await deliver(name)).toEqual({ source: lab.addressOf(name), helo: `${name}.example.org` })

    await resumeChange(changeId, signal)
    expect(await change(changeId)).toMatchObject({ state: 'ended', outcome: 'reverted' })
    expect(await stateOf(name)).toBe(before)
  })
})
