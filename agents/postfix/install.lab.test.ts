import { afterEach, describe, expect, it } from 'vitest'
import { changesSettled } from '@/lib/changes/engine'
import { deliver } from './testing/deliver'
import { listening, shell, stateOf } from './testing/host-state'
import { beforeInstallation, withoutInstallation } from './testing/installed-host'
import { alias, mailLab } from './testing/mail-lab'
import { hostsOf } from './testing/short-form'
import { mail, ownAddressWish } from './testing/wishes'

const lab = mailLab()
const { add, apply, factsOf, plan, planned, revert } = lab

describe.each(hostsOf('install', ['rowan']))('Postfix on %s, which has none', (name) => {
  afterEach(async () => {
    await changesSettled()
    await withoutInstallation(name)
  })

  it('is installed, gets an address of its own, and both are taken back', async () => {
    await withoutInstallation(name)
    const hostId = await add(name)
    await beforeInstallation(name)
    const install = { operation: 'install', hostId }
    const installed = await apply(await planned(hostId, install))
    expect(installed).toMatchObject({ state: 'ended', outcome: 'applied' })
    expect(installed.proofs.filter(({ verdict }) => verdict !== 'yes')).toEqual([])
    expect(await plan(hostId, install)).toHaveProperty('nothingToDo')
    expect(await listening(name, 25)).toEqual(['0.0.0.0:25', '[::]:25'])
    const asInstalled = { source: lab.addressOf(name), helo: `${name}.lab` }
    expect(await deliver(name)).toEqual(asInstalled)

    const between = await stateOf(name)
    const wish = ownAddressWish(await factsOf(hostId), hostId)
    const change = await apply(await planned(hostId, wish, [alias(hostId, mail.address)]))
    expect(change.proofs.filter(({ verdict }) => verdict !== 'yes')).toEqual([])
    expect(change).toMatchObject({ state: 'ended', outcome: 'applied' })
    expect(await listening(name, 25)).toEqual(['127.0.0.1:25', '203.0.113.40:25'])
    expect(await deliver(name)).toEqual({ source: mail.address, helo: mail.helo })

    expect(await revert(change.id)).toMatchObject({ outcome: 'applied' })
    expect(await stateOf(name)).toBe(between)
    expect(await deliver(name)).toEqual(asInstalled)
    expect(await revert(installed.id)).toMatchObject({ outcome: 'applied' })
    expect(await listening(name, 25)).toEqual([])
    expect(await shell(name, 'systemctl is-enabled postfix.service || :')).toBe('disabled\n')
  })
})
