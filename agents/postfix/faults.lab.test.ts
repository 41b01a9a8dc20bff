import { afterEach, describe, expect, it } from 'vitest'
import { cutLink, freeDisk, hostExec, restoreLink, waitUntil } from '@/e2e/lab/lab'
import { changesSettled } from '@/lib/changes/engine'
import { stopChange } from '@/lib/changes/stop-change'
import type { SetDesired } from './desired'
import { deliver } from './testing/deliver'
import { shell, stateOf } from './testing/host-state'
import { alias, mailLab } from './testing/mail-lab'
import { hostsOf } from './testing/short-form'
import { mail, ownAddressWish } from './testing/wishes'

const lab = mailLab()
const { add, apply, begin, change, factsOf, plan, planned, text } = lab
const main = '/etc/postfix/main.cf'
const master = '/etc/postfix/master.cf'

/** Starts a shell script on the host that waits by itself for its moment, and is nobody's child. */
const loose = (name: string, script: string) =>
  shell(name, `cat > /root/loose.sh && setsid -f sh /root/loose.sh >/dev/null 2>&1 </dev/null`, script)

/** What elm does with mail of an address, until the test ends. */
async function onElm(verdict: string): Promise<void> {
  await shell(
    'elm',
    `cp -a ${main} /root/main.cf.before; postconf -e 'smtpd_client_restrictions = check_client_access inline:{${mail.address}=${verdict}}'; postfix reload`,
  )
}

afterEach(async () => {
  if ((await hostExec('elm', ['test', '-e', '/root/main.cf.before'])).code === 0)
    await shell('elm', `mv /root/main.cf.before ${main}; postfix reload`)
})

/** How a host sends as its package has it. */
const asShipped = (name: string) => ({ source: lab.addressOf(name), helo: `${name}.example.org` })

describe.each(hostsOf('faults', ['maple', 'oak', 'pine']))('a fault on %s', (name) => {
  /** The host with its address on it already, and the wish for its mail. */
  async function withAddress(more: Partial<SetDesired> = {}) {
    const hostId = await add(name)
    await shell(name, `ip addr add ${mail.address}/32 dev eth0`)
    const before = await stateOf(name)
    const wish = { ...ownAddressWish(await factsOf(hostId), hostId), ...more }
    return { hostId, before, wish }
  }
  const toElm = {
    probe: { to: 'address', address: 'deploy@example.net' },
    dnsServer: '10.77.0.33',
    domain: null,
  } as const
  const asBefore = async (before: string) => {
    expect(await stateOf(name)).toBe(before)
    expect(await deliver(name)).toEqual(asShipped(name))
  }
  const begun = async (wish: object, hostId: string) => {
    const changeId = await planned(hostId, wish)
    await begin(changeId)
    return changeId
  }

  it('1: the address goes between plan and apply', async () => {
    const { hostId, wish } = await withAddress()
    const changeId = await planned(hostId, wish)
    await shell(name, `ip addr del ${mail.address}/32 dev eth0`)
    const before = await stateOf(name)
    const ended = await apply(changeId)
    expect(ended).toMatchObject({
      outcome: 'not-started',
      detail: expect.stringContaining(`does not have ${mail.address}`),
    })
    await asBefore(before)
  })

  it('2: somebody adds the same listener meanwhile; 7: or a malformed address', async () => {
    const { hostId, wish } = await withAddress()
    const changeId = await planned(hostId, wish)
    await shell(name, `printf '%s\\n' '${mail.address}:smtp inet n - y - - smtpd' >> ${master}`)
    await shell(name, `printf '%s\\n' 'smtp_bind_address = 203.0.113.999' >> ${main}`)
    const before = await stateOf(name)
    const stale = await apply(changeId)
    expect(stale.state).toBe('stale')
    expect(stale.changed.map((item) => item.name)).toEqual([`file ${main}`, `file ${master}`])
    expect(await stateOf(name)).toBe(before)
  })

  it('3: a prefix that is none, or a net for an address', async () => {
    const { hostId, before, wish } = await withAddress()
    for (const cidr of ['203.0.113.40/33', '203.0.113.0/24', '0.0.0.0/32', '224.0.0.1/32']) {
      const first = alias(hostId, mail.address)
      const refused = plan(hostId, wish, [{ ...first, desired: { ...(first.desired as object), address: cidr } }])
      await expect(refused).rejects.toMatchObject({ code: 'invalid' })
    }
    await asBefore(before)
  })

  it('4: another daemon takes the port before Postfix can', async () => {
    const hostId = await add(name)
    await shell(
      name,
      `ip addr add ${mail.address}/32 dev eth0; sed -i 's/^smtp      inet/127.0.0.1:smtp inet/' ${master}`,
    )
    await shell(name, 'systemctl restart postfix@-.service 2>/dev/null || systemctl restart postfix.service')
    const before = await stateOf(name)
    const wish = ownAddressWish(await factsOf(hostId), hostId)
    const changeId = await planned(hostId, wish)
    await loose(
      name,
      `until grep -q '^${mail.address}:smtp' ${master}; do :; done; exec smtp-sink -u postfix ${mail.address}:25 10`,
    )
    const ended = await apply(changeId)
    await shell(name, 'pkill -x smtp-sink')
    expect(ended).toMatchObject({ outcome: 'reverted' })
    await asBefore(before)
  })

  it('5: the master dies on the restart', async () => {
    const { hostId, before, wish } = await withAddress()
    const pid = '/var/spool/postfix/pid/master.pid'
    await loose(
      name,
      `old=$(cat ${pid}); until grep -q '^${mail.address}:smtp' ${master}; do :; done
while new=$(cat ${pid} 2>/dev/null); [ -z "$new" ] || [ "$new" = "$old" ]; do :; done; kill -9 $new`,
    )
    expect(await apply(await planned(hostId, wish))).toMatchObject({ outcome: 'reverted' })
    await asBefore(before)
  })

  it('6: the disk of the queue is full', async () => {
    const { hostId, before, wish } = await withAddress()
    await loose(
      name,
      `until grep -q 'smtp_bind_address' ${main}; do :; done; dd if=/dev/zero of=/var/spool/fill bs=1M; : > /root/is-full`,
    )
    const ended = await apply(await planned(hostId, wish)).finally(() => freeDisk(name))
    await shell(name, 'rm -f /var/spool/fill /root/is-full /root/loose.sh')
    expect(ended).toMatchObject({ outcome: 'reverted' })
    // Debian's start script copies certificates into the chroot, and found no room for all of them.
    await shell(name, 'systemctl restart postfix@-.service 2>/dev/null || systemctl restart postfix.service')
    await asBefore(before)
  })

  it('8: the receiver refuses the probe, as it comes from the wrong address', async () => {
    const { hostId, before, wish } = await withAddress({ proof: toElm })
    await onElm('REJECT')
    const ended = await apply(await planned(hostId, wish))
    expect(ended).toMatchObject({ outcome: 'reverted' })
    const refused = ended.proofs.find((proof) => proof.title === 'The probe message was not refused by its receiver')
    expect(refused).toMatchObject({ verdict: 'no', seen: expect.stringContaining('bounced') })
    await asBefore(before)
  })

  it('9: an operator stops it while it is looked at from afar', async () => {
    const { hostId, before, wish } = await withAddress()
    const changeId = await begun({ ...wish, proof: { ...wish.proof, dnsServer: '10.77.0.99' } }, hostId)
    await waitUntil('it is looked at', async () => (await text(changeId)).includes('looking from afar'), 60)
    await stopChange(lab.ctx(), { changeId })
    await changesSettled()
    expect(await change(changeId)).toMatchObject({ outcome: 'reverted' })
    await asBefore(before)
  })

  it('the cable is cut for good once the host has proved it: the host alone takes it back', async () => {
    const { hostId, before, wish } = await withAddress()
    const changeId = await begun({ ...wish, proof: { ...wish.proof, dnsServer: '10.77.0.99' } }, hostId)
    await waitUntil('it is looked at', async () => (await text(changeId)).includes('looking from afar'), 60)
    await cutLink(name)
    try {
      const { directory } = (await change(changeId)).hosts[0] ?? {}
      await shell(name, `. ${directory}/common; set_deadline 3`)
      await waitUntil(
        'the host took it back',
        async () => !(await shell(name, `cat ${main}`)).includes(mail.address),
        60,
      )
      await waitUntil(
        'it has ended',
        async () => (await shell(name, `ls ${directory}/state`)).includes('end.reverted'),
        60,
      )
    } finally {
      await restoreLink(name)
    }
    await changesSettled()
    expect(await change(changeId)).toMatchObject({ outcome: 'reverted' })
    await asBefore(before)
  })

  it('a. nobody answers for the DNS; d. Postfix complains already: both are said, nothing is undone', async () => {
    const { hostId, wish } = await withAddress()
    await shell(name, `sed -i '1i\\ indented text that continues nothing' ${main}`)
    const changeId = await planned(hostId, { ...wish, proof: { ...wish.proof, dnsServer: '10.77.0.99' } })
    expect((await change(changeId)).plan.findings.map(({ title }) => title)).toContainEqual(
      expect.stringContaining(`${main}, line 1: was there before`),
    )
    const ended = await apply(changeId)
    expect(ended).toMatchObject({ outcome: 'applied' })
    const dns = ended.proofs.filter((proof) => /name of|leads to|SPF|Mail for/.test(proof.title))
    expect(dns.map((proof) => [proof.weight, proof.verdict])).toEqual(dns.map(() => ['advise', 'unknown']))
    expect(await deliver(name)).toEqual({ source: mail.address, helo: mail.helo })
  })

  it('b. the address has no name; c. the receiver is busy: both are said, nothing is undone', async () => {
    const { hostId, wish } = await withAddress({ helo: 'noptr.example.org', proof: toElm })
    await onElm('450 4.7.1 come again')
    const ended = await apply(await planned(hostId, wish))
    expect(['applied', 'applied-unverified']).toContain(ended.outcome)
    const verdicts = new Map(ended.proofs.map((proof) => [proof.title, proof.verdict]))
    expect(verdicts.get(`${mail.address} has the name noptr.example.org`)).toBe('no')
    expect(verdicts.get('The probe message arrived')).toBe('no')
    expect(verdicts.get('The probe message was not refused by its receiver')).toBe('yes')
    expect(await shell(name, 'postqueue -p')).toContain('empty')
  })
})
