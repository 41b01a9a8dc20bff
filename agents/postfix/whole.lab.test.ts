import { describe, expect, it } from 'vitest'
import { deliver } from './testing/deliver'
import { listening, shell, stateOf } from './testing/host-state'
import { alias, mailLab } from './testing/mail-lab'
import { hostsOf } from './testing/short-form'
import { mail, ownAddressWish } from './testing/wishes'

const lab = mailLab()
const { add, apply, drift, factsOf, plan, planned, planOf, revert } = lab

const versions = ['maple', 'oak', 'pine']
const master = '/etc/postfix/master.cf'
const both = ['127.0.0.1:25', '203.0.113.40:25']
/** How elm sees a host that sends as its package has it. */
const asShipped = (name: string) => ({ source: lab.addressOf(name), helo: `${name}.example.org` })

describe.each(hostsOf('whole', versions))('a failover IP and mail on it, on %s', (name) => {
  it('come by one change, are proved, show drift, and are taken back byte for byte', async () => {
    const hostId = await add(name)
    const before = await stateOf(name)
    const wish = ownAddressWish(await factsOf(hostId), hostId)
    const first = [alias(hostId, mail.address)]
    const changeId = await planned(hostId, wish, first)
    const change = await apply(changeId)
    expect(change).toMatchObject({ state: 'ended', outcome: 'applied' })
    expect(change.proofs.filter((proof) => proof.verdict !== 'yes')).toEqual([])
    expect(change.proofs.map((proof) => proof.title)).toEqual(
      expect.arrayContaining([
        'The probe message came from 203.0.113.40',
        'The probe message came under the name mail.example.org',
      ]),
    )
    expect(await listening(name, 25)).toEqual(both)
    expect(await deliver(name)).toEqual({ source: mail.address, helo: mail.helo })
    expect(await plan(hostId, wish, first)).toHaveProperty('nothingToDo')
    expect(await drift(hostId)).toEqual([])

    await shell(name, `cp -a ${master} /root/; sed -i 's/=mail[.]example/=else.example/' ${master}`)
    await shell(name, 'ip addr del 203.0.113.40/32 dev eth0')
    const service = (helo: string) => `203.0.113.40:smtp inet n - y - - smtpd -o myhostname=${helo}`
    expect(await drift(hostId)).toEqual([
      {
        what: `${master}: 203.0.113.40:smtp inet`,
        expected: service('mail.example.org'),
        seen: service('else.example.org'),
      },
      { what: 'address 203.0.113.40', expected: 'there', seen: 'not there' },
      { what: '203.0.113.40/32 on eth0', expected: 'there', seen: 'not there' },
    ])
    await shell(name, `mv /root/master.cf ${master}; ip addr add 203.0.113.40/32 dev eth0`)

    expect(await revert(changeId)).toMatchObject({ outcome: 'applied' })
    expect(await stateOf(name)).toBe(before)
    expect(await deliver(name)).toEqual(asShipped(name))
  })
})

describe.each(hostsOf('one by one', versions))('one by one, on %s', (name) => {
  it('the address comes first, then the mail, and each is taken back alone', async () => {
    const hostId = await add(name)
    const before = await stateOf(name)
    const { agentId, desired } = alias(hostId, mail.address)
    const aliased = await planOf(agentId, hostId, desired)
    expect(await apply(aliased)).toMatchObject({ outcome: 'applied' })
    expect(await deliver(name)).toEqual(asShipped(name))

    const between = await stateOf(name)
    const mailed = await apply(await planned(hostId, ownAddressWish(await factsOf(hostId), hostId)))
    expect(mailed).toMatchObject({ outcome: 'applied' })
    expect(mailed.proofs.filter((proof) => proof.verdict !== 'yes')).toEqual([])
    expect(await listening(name, 25)).toEqual(both)
    expect(await deliver(name)).toEqual({ source: mail.address, helo: mail.helo })

    expect(await revert(mailed.id)).toMatchObject({ outcome: 'applied' })
    expect(await stateOf(name)).toBe(between)
    expect(await revert(aliased)).toMatchObject({ outcome: 'applied' })
    expect(await stateOf(name)).toBe(before)
  })
})
