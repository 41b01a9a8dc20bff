import { describe, expect, it } from 'vitest'
import type { SetDesired } from './desired'
import { deliver } from './testing/deliver'
import { shell, stateOf, UNIT } from './testing/host-state'
import { mailLab } from './testing/mail-lab'
import { hostsOf } from './testing/short-form'
import { mail, ownAddressWish, wishOfNow } from './testing/wishes'

const lab = mailLab()
const { add, factsOf, plan } = lab

const refused = (sentence: string | RegExp) => ({
  code: 'invalid',
  userMessage: typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
})

/** The wish of somebody whose form knows nothing of the host. */
function blindWish(hostId: string): SetDesired {
  return {
    operation: 'set',
    hostId,
    instance: '-',
    listeners: [],
    source4: null,
    source6: null,
    helo: mail.helo,
    sixth: 'any',
    scope: 'all',
    enforce: false,
    greet: false,
    boot: 'fail',
    senders: [],
    proof: { probe: null, dnsServer: null, domain: null },
  }
}

describe.each(hostsOf('without Postfix', ['fir']))('on %s, which has no mail server', (name) => {
  it('a wish for its mail is refused, and says what comes first', async () => {
    const hostId = await add(name)
    const before = await stateOf(name)
    await expect(plan(hostId, blindWish(hostId))).rejects.toMatchObject(
      refused(`${name} has no Postfix. Install it first: that is a change of its own.`),
    )
    expect(await stateOf(name)).toBe(before)
  })
})

describe.each(hostsOf('another mail server', ['yew']))('on %s, which has Exim', (name) => {
  it('neither a wish for its mail nor an installation takes its place', async () => {
    const hostId = await add(name)
    const before = await stateOf(name)
    const sentence = `${name} has no Postfix: exim4 answers on port 25 there. Pollux does not take one mail server's place by another.`
    await expect(plan(hostId, blindWish(hostId))).rejects.toMatchObject(refused(sentence))
    await expect(plan(hostId, { operation: 'install', hostId })).rejects.toMatchObject(refused(sentence))
    expect(await stateOf(name)).toBe(before)
  })
})

describe.each(hostsOf('refused', ['maple', 'oak', 'pine']))('a Postfix that cannot be changed, on %s', (name) => {
  /** Refused in this state of the host, which stays as it is to the last byte. */
  async function expectRefused(state: string, sentence: RegExp) {
    const hostId = await add(name)
    const wish = { ...wishOfNow(await factsOf(hostId), hostId), helo: mail.helo }
    await shell(name, state)
    const before = await stateOf(name)
    await expect(plan(hostId, wish)).rejects.toMatchObject(refused(sentence))
    expect(await stateOf(name)).toBe(before)
  }

  it('because it does not run', async () => {
    await expectRefused(`systemctl stop ${UNIT}`, /is not running on .*Start it first/)
  })

  // Debian 13 hands `postfix start` to systemd.
  it.runIf(name !== 'oak')('because somebody started it by hand, beside systemd', async () => {
    await expectRefused(`systemctl stop ${UNIT}; postfix start 2>/dev/null`, /somebody started (it|that) by hand/)
  })

  it('because its folder is mounted read-only', async () => {
    try {
      await expectRefused(
        'mount --bind /etc/postfix /etc/postfix && mount -o remount,bind,ro /etc/postfix',
        /The file system at \/etc\/postfix of .* is mounted read-only/,
      )
    } finally {
      await shell(name, 'umount /etc/postfix')
    }
  })

  it('because Postfix would die of its own file', async () => {
    await expectRefused(
      `printf 'submission inet n\\n' >> /etc/postfix/master.cf`,
      /master\.cf on .*, line \d+: .*8 fields.*Mend that first/,
    )
  })

  it('because main.cf is a link to somewhere else', async () => {
    await expectRefused('cd /etc/postfix && mv main.cf real.cf && ln -s real.cf main.cf', /main\.cf on .* is a link/)
  })

  it('because an address is not there, or what is wished is no name and no address', async () => {
    const hostId = await add(name)
    const before = await stateOf(name)
    const wish = ownAddressWish(await factsOf(hostId), hostId)
    await expect(plan(hostId, wish)).rejects.toMatchObject(refused(/does not have 203\.0\.113\.40/))
    for (const [more, sentence] of [
      [{ helo: 'mail' }, /full name/],
      [{ helo: '203.0.113.40' }, /This is an address/],
      [{ helo: 'mail_1.example.org' }, /underscore/],
      [{ helo: 'mail.example.org; touch /tmp/pwned' }, /letters, digits, hyphens and dots/],
      [{ source4: '203.0.113.999' }, /./],
      [{ source4: '203.0.113.40/32' }, /prefix/],
      [{ source4: '127.0.0.1' }, /never leaves/],
      [{ listeners: [{ port: '2525', addresses: ['127.0.0.1'] }] }, /listens on port 2525/],
      [{ instance: 'postfix-out' }, /no Postfix instance postfix-out/],
      [{ scope: ['gone/unix'] }, /no SMTP client gone\/unix/],
    ] as const)
      await expect(plan(hostId, { ...wishOfNow(await factsOf(hostId), hostId), ...more })).rejects.toMatchObject(
        refused(sentence),
      )
    expect(await stateOf(name)).toBe(before)
    expect(await deliver(name)).toEqual({ source: lab.addressOf(name), helo: `${name}.example.org` })
  })
})
