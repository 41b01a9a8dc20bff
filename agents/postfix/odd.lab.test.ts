import { describe, expect, it } from 'vitest'
import { waitUntil } from '@/e2e/lab/lab'
import type { SetDesired } from './desired'
import { deliver } from './testing/deliver'
import { listening, shell, stateOf, UNIT } from './testing/host-state'
import { alias, mailLab } from './testing/mail-lab'
import {
  editedLines,
  filter,
  filtered,
  mainByHand,
  masterByHand,
  postscreen,
  putOn,
  second,
  setUp,
} from './testing/odd-setups'
import { hostsOf } from './testing/short-form'
import { mail, mail2, ownAddressWish, wishOfNow } from './testing/wishes'

const lab = mailLab()
const { add, apply, factsOf, plan, planned, revert } = lab
const main = '/etc/postfix/main.cf'
const master = '/etc/postfix/master.cf'
const both = ['127.0.0.1:25', '203.0.113.40:25']
const own = { source: mail.address, helo: mail.helo }

describe.each(hostsOf('odd', ['linden']))('an odd configuration on %s', (name) => {
  const asShipped = { source: lab.addressOf(name), helo: `${name}.example.org` }
  const fileAt = (path: string) => shell(name, `cat ${path}`)

  /** A host in the inventory after a shell script; what it is then, and its two files. */
  async function begin(script: string) {
    const hostId = await add(name)
    await setUp(name, script)
    return { hostId, before: await stateOf(name), mainBefore: await fileAt(main), masterBefore: await fileAt(master) }
  }
  /** Applies a wish for its mail, with every proof seen to be right; the change's id. */
  async function applied(hostId: string, more: Partial<SetDesired> = {}) {
    return proved(await planned(hostId, { ...ownAddressWish(await factsOf(hostId), hostId), ...more }))
  }
  async function proved(changeId: number) {
    const { outcome, proofs } = await apply(changeId)
    expect(proofs.filter((proof) => proof.verdict !== 'yes')).toEqual([])
    expect(outcome).toBe('applied')
    return changeId
  }
  async function takenBack(changeId: number, before: string) {
    expect(await revert(changeId)).toMatchObject({ outcome: 'applied' })
    expect(await stateOf(name)).toBe(before)
  }

  it('postscreen in front: its line alone gets the addresses, and each greets', async () => {
    const { hostId, before, masterBefore } = await begin(`${postscreen}\n${putOn(mail.address)}`)
    const changeId = await applied(hostId)
    const line = 'smtp      inet  n       -       y       -       1       postscreen'
    expect(editedLines(masterBefore, await fileAt(master))).toEqual([
      `- ${line}`,
      `+ #${line}`,
      `+ 203.0.113.40:${line}`,
      '+   -o myhostname=mail.example.org',
      '+   -o smtpd_service_name=pollux-greeter',
      `+ 127.0.0.1:${line}`,
      '+   -o postscreen_cache_map=btree:$data_directory/postscreen_cache_127-0-0-1_smtp',
      '+ pollux-greeter     pass  -       -       y       -       -       smtpd',
      '+   -o myhostname=mail.example.org',
    ])
    expect(await listening(name, 25)).toEqual(both)
    expect(await deliver(name)).toEqual(own)
    await takenBack(changeId, before)
  })

  it('filters on the host, one by a client of its own, one by smtp, still see 127.0.0.1', async () => {
    const { hostId, before, mainBefore, masterBefore } = await begin(`${filter}\n${putOn(mail.address)}`)
    await applied(hostId)
    const sendmail = {}
    const smtp = { port: 25 }
    for (const way of [sendmail, smtp]) {
      const already = await filtered(name)
      expect(await deliver(name, way)).toEqual(own)
      await waitUntil('the filter had it', async () => (await filtered(name)) === already + 1, 10)
    }
    expect(editedLines(mainBefore, await fileAt(main)).slice(0, 2)).toEqual([
      '- content_filter = smtp:[127.0.0.1]:10025',
      '+ content_filter = pollux-loopback:[127.0.0.1]:10025',
    ])
    const line = 'smtp       inet  n       -       y       -       -       smtpd'
    const option = '    -o content_filter=scan:[127.0.0.1]:10025'
    expect(editedLines(masterBefore, await fileAt(master))).toEqual([
      `- ${line}`,
      `+ #${line}`,
      `+ #${option}`,
      `+ 203.0.113.40:${line}`,
      '+     -o myhostname=mail.example.org',
      `+ 127.0.0.1:${line}`,
      `+ ${option}`,
      '+ pollux-loopback      unix  -       -       y       -       -       smtp',
      '+   -o smtp_bind_address=',
      '+   -o smtp_bind_address6=',
      '+     -o smtp_bind_address=',
    ])
    const { proof } = wishOfNow(await factsOf(hostId), hostId)
    await proved(await planned(hostId, { operation: 'reset', hostId, instance: '-', proof }))
    expect(await stateOf(name)).toBe(before)
  })

  it('files by hand: what was not asked for keeps every byte, and columns and options go along', async () => {
    const { hostId, before, mainBefore, masterBefore } = await begin(
      `${masterByHand}sed -i '/^smtp_/d' main.cf; cat >> main.cf <<'END'\n${mainByHand}\nEND\ntruncate -s -1 main.cf\n${putOn(mail.address)}`,
    )
    expect(mainBefore).toMatch(/\ncontent_filter=$/)
    const listeners = [
      { port: '25', addresses: [mail.address, '127.0.0.1'] },
      { port: '587', addresses: [mail.address] },
    ]
    const changeId = await applied(hostId, { listeners })
    expect(editedLines(mainBefore, await fileAt(main))).toEqual([
      '- smtp_helo_name\t=\told.example.org',
      '- smtp_bind_address=  10.77.0.32  ',
      '- smtp_address_preference =',
      '- \tany',
      '+ smtp_helo_name\t=\tmail.example.org',
      '+ smtp_bind_address=  203.0.113.40',
      '+ smtp_address_preference = ipv4',
      '+ smtp_bind_address_enforce = yes',
      '+ ',
    ])
    const submission = masterBefore.slice(masterBefore.indexOf('\nsubmission inet') + 1).split('# Choose one')[0] ?? ''
    const options = submission.split('\n').filter((line) => /^ {2}-o/.test(line))
    expect(options).toHaveLength(11)
    const after = await fileAt(master)
    expect(editedLines(masterBefore, after)).toEqual([
      '- smtp\tinet n - n       -       -       smtpd',
      '- submission inet n       -       y       -       -       smtpd',
      '+ #smtp\tinet n - n       -       -       smtpd',
      '+ 203.0.113.40:smtp\tinet n - n       -       -       smtpd',
      '+   -o myhostname=mail.example.org',
      '+ 127.0.0.1:smtp\tinet n - n       -       -       smtpd',
      '+ #submission inet n       -       y       -       -       smtpd',
      ...options.map((line) => `+ #${line}`),
      '+ 203.0.113.40:submission inet n       -       y       -       -       smtpd',
    ])
    expect(await listening(name, 587)).toEqual(['203.0.113.40:587'])
    expect(await listening(name, 465)).toEqual(['0.0.0.0:465', '[::]:465'])
    expect(await deliver(name)).toEqual(own)
    await takenBack(changeId, before)
  })

  it.skipIf(hostsOf('odd line ends', [name]).length === 0)(
    'files with the line ends of Windows, which Postfix takes, keep them',
    async () => {
      const { hostId, before } = await begin(`sed -i 's/$/\\r/' main.cf master.cf\n${putOn(mail.address)}`)
      const changeId = await applied(hostId)
      expect(await shell(name, `grep -v "$(printf '\\r')$" ${main} ${master} || :`)).toBe('')
      expect(await deliver(name)).toEqual(own)
      await takenBack(changeId, before)
    },
  )

  it('two addresses, chosen by the sender', async () => {
    const { hostId, before } = await begin(putOn(mail.address, mail2.address))
    const senders = [
      { pattern: 'ada@mail.example.org', source4: mail.address, source6: null, helo: mail.helo },
      { pattern: '@example.org', source4: mail2.address, source6: null, helo: mail2.helo },
    ]
    const listeners = [{ port: '25', addresses: [mail.address, mail2.address, '127.0.0.1'] }]
    const changeId = await applied(hostId, { listeners, senders, source4: null, helo: null, greet: false })
    expect(await listening(name, 25)).toEqual([...both, '203.0.113.41:25'])
    expect(await deliver(name, { from: 'ada@mail.example.org' })).toEqual(own)
    expect(await deliver(name, { from: 'bob@example.org' })).toEqual({ source: mail2.address, helo: mail2.helo })
    expect(await deliver(name)).toEqual(asShipped)
    await takenBack(changeId, before)
  })

  it('an IPv6 address comes with its mail', async () => {
    const { hostId, before } = await begin(':')
    const address = '2001:db8::40'
    const listeners = [{ port: '25', addresses: [address, '127.0.0.1'] }]
    const wish = { ...ownAddressWish(await factsOf(hostId), hostId), listeners, source4: null, source6: address }
    const change = await apply(await planned(hostId, wish, [alias(hostId, address)]))
    expect(change).toMatchObject({ outcome: 'applied' })
    // Pollux is reached over IPv4 here, so its own probe says nothing of IPv6.
    expect(change.proofs.filter(({ verdict }) => verdict !== 'yes')).toEqual([
      expect.objectContaining({ checkId: 'postfix.mail.source', weight: 'advise', seen: lab.addressOf(name) }),
    ])
    expect(await listening(name, 25)).toEqual(['127.0.0.1:25', '[2001:db8::40]:25'])
    expect(await deliver(name, { domain: 'v6.example.net' })).toEqual({ source: address, helo: mail.helo })
    expect(await deliver(name)).toEqual({ source: lab.addressOf(name), helo: mail.helo })
    await takenBack(change.id, before)
  })

  it('a second instance is changed alone', async () => {
    const { hostId } = await begin(`${putOn(mail2.address)}\n${second('postfix-out')}
$of -e myhostname=out.example.org
systemctl start postfix@postfix-out.service`)
    const instance = async () => wishOfNow(await factsOf(hostId), hostId, 'postfix-out')
    const every = [{ port: '25', addresses: null }]
    expect((await instance()).listeners).toEqual([])
    await expect(plan(hostId, { ...(await instance()), listeners: every })).rejects.toThrow(
      /"master_service_disable = inet", so nothing listens on port 25/,
    )
    const out = 'postconf -c /etc/postfix-out'
    await shell(name, `${out} -X master_service_disable`)
    await expect(plan(hostId, { ...(await instance()), listeners: every })).rejects.toThrow(
      /instance - listens on port 25 of every address too/,
    )
    await setUp(
      name,
      `sed -i 's/^smtp      inet.*/127.0.0.1:&\\n10.77.0.32:&/' master.cf
${out} -MX smtp/inet
${out} -Me '203.0.113.41:smtp/inet=203.0.113.41:smtp inet n - y - - smtpd'
${out} -Me '127.0.0.1:10027/inet=127.0.0.1:10027 inet n - y - - smtpd'
systemctl restart postfix@postfix-out.service`,
    )
    const before = await stateOf(name)
    const first = 'cat /etc/postfix/m*.cf /var/spool/postfix/pid/master.pid'
    const untouched = await shell(name, first)
    const now = await instance()
    const proof = { ...now.proof, domain: null }
    const wish = { ...now, source4: mail2.address, helo: mail2.helo, greet: true, proof }
    const changeId = await proved(await planned(hostId, wish))
    expect(await shell(name, first)).toBe(untouched)
    expect(await deliver(name, { port: 10027 })).toEqual({ source: mail2.address, helo: mail2.helo })
    expect(await deliver(name)).toEqual(asShipped)
    await takenBack(changeId, before)
    expect(await shell(name, first)).toBe(untouched)
  })

  it('at boot, Postfix waits for an address that is not there yet', async () => {
    const { hostId, before } = await begin(putOn(mail.address))
    const changeId = await applied(hostId, { boot: 'wait' })
    await shell(name, `systemd-analyze verify --man=no ${UNIT}`)
    await shell(name, `ip addr del ${mail.address}/32 dev eth0; systemctl restart --no-block ${UNIT}`)
    const isNow = async (state: string) => (await shell(name, `systemctl show -P SubState ${UNIT}`)).trim() === state
    await waitUntil('it waits', () => isNow('start-pre'), 20)
    expect(await listening(name, 25)).toEqual([])
    await shell(name, putOn(mail.address))
    await waitUntil('it runs', () => isNow('running'), 20)
    expect(await shell(name, `systemctl show -P NRestarts ${UNIT}`)).toBe('0\n')
    expect(await listening(name, 25)).toEqual(both)
    expect(await deliver(name)).toEqual(own)
    await takenBack(changeId, before)
  })

  it('at boot, Postfix starts although an address is missing', async () => {
    const { hostId, before } = await begin(':')
    const changeId = await applied(hostId, { boot: 'nonlocal' })
    await shell(name, `systemctl restart ${UNIT}`)
    expect(await listening(name, 25)).toEqual(both)
    await shell(name, putOn(mail.address))
    expect(await deliver(name)).toEqual(own)
    await shell(name, `ip addr del ${mail.address}/32 dev eth0`)
    await takenBack(changeId, before)
  })
})
