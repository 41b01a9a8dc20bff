import { describe, expect, it } from 'vitest'
import { isReadingArgv, type RawReading, type Reading } from '@/lib/agent'
import { loadFixture } from './load-fixtures'
import { pairProbe } from './pair-probe'

const mesh = { tag: 'cloud' }
const pair = {
  name: 'p82',
  ownOuter: '10.77.0.81',
  peerOuter: '10.77.0.82',
  peerInner: '172.20.0.82',
  mtu: 1446,
}
const other = { ...pair, name: 'cloud-web9', peerOuter: '10.77.0.99', peerInner: '172.20.0.99' }
const guest = loadFixture('quince')

const said = (text: string, exitCode = 0): RawReading => ({
  ...{ state: 'read', kind: 'text', text, truncated: false, exitCode, branch: 0 },
})
const missing: RawReading = { state: 'not-read', why: 'no-program', detail: '' }
const text = (name: string) => {
  const reading = guest[name]
  if (reading?.state !== 'read' || reading.kind !== 'text') throw new Error(`expected ${name} to be a text`)
  return reading.text
}

const pong = (bytes: number) => `PING 172.20.0.82 (172.20.0.82) ${bytes}(${bytes + 28}) bytes of data.
${bytes + 8} bytes from 172.20.0.82: icmp_seq=1 ttl=64 time=1.53 ms

--- 172.20.0.82 ping statistics ---
1 packets transmitted, 1 received, 0% packet loss, time 0ms
rtt min/avg/max/mdev = 1.533/1.533/1.533/0.000 ms
`
const tooLong = `PING 172.20.0.82 (172.20.0.82) 1418(1446) bytes of data.
ping: local error: message too long, mtu=1400

--- 172.20.0.82 ping statistics ---
1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms
`
const lost = 'PING x\n\n--- x ping statistics ---\n1 packets transmitted, 0 received, 100% packet loss, time 0ms\n'

const grown = (bytes: number) => text('sas').replace(/bytes-(in|out) = \d+/g, `bytes-$1 = ${bytes}`)

/** What the probe makes of a guest's own words, with these in their place. */
function seen(instead: Record<string, RawReading> = {}, pairs = [pair]) {
  const found = pairProbe(mesh, pairs).parse({
    before: said(grown(1000)),
    after: said(grown(1500)),
    'small p82': said(pong(56)),
    'largest p82': said(pong(1418)),
    traps: said('list-policy event {\n  p82/p82 {\n    child = p82\n  }\n}\nlist-policies reply {\n}\n'),
    policies: said(text('policies')),
    links: said(text('links')),
    iptables: said(''),
    nft: said(''),
    ...instead,
  })
  if (found.state === 'not-read') throw new Error(found.detail)
  return found.value
}
const one = (instead: Record<string, RawReading> = {}) => seen(instead).pairs[0]

describe('what one end says of a pair', () => {
  it('is all that a pair needs', () => {
    expect(one()).toMatchObject({
      name: 'p82',
      ike: { state: 'ESTABLISHED' },
      child: { state: 'INSTALLED', mode: 'TRANSPORT', suite: 'AES_GCM_16-256' },
      hasTrap: true,
      policyIn: 'transport',
      policyOut: 'transport',
      ping: { answers: true, ms: 1.53 },
      largestPasses: true,
      grewIn: 500,
      grewOut: 500,
      tunnel: 'none',
    })
  })

  it('is null where it was not read, never false', () => {
    const nothing = Object.fromEntries(
      ['before', 'after', 'small p82', 'largest p82', 'traps', 'policies', 'links', 'iptables', 'nft'].map((name) => [
        name,
        missing,
      ]),
    )
    expect(one(nothing)).toEqual({
      ...{ name: 'p82', ike: null, child: null, hasTrap: null, policyIn: null, policyOut: null },
      ...{ ping: { answers: null, ms: null }, largestPasses: null, grewIn: null, grewOut: null, tunnel: null },
    })
    expect(one({ traps: said('list-policy event {\n') })?.hasTrap).toBeNull()
    expect(one({ after: said(grown(1), 111) })?.child).toBeNull()
  })

  it('is none where the daemon has none', () => {
    const none = seen({ 'small cloud-web9': said(lost, 1), 'largest cloud-web9': said(lost, 1) }, [other]).pairs[0]
    expect(none).toMatchObject({ ike: 'none', child: 'none', hasTrap: false, policyIn: 'none', policyOut: 'none' })
    expect(none).toMatchObject({ tunnel: 'none', ping: { answers: false }, largestPasses: false, grewIn: null })
  })

  it('takes a policy of another protocol, or one that blocks, for none', () => {
    const policies = text('policies')
    expect(one({ policies: said(policies.replaceAll('ipencap', 'tcp')) })?.policyIn).toBe('none')
    expect(one({ policies: said(policies.replaceAll('proto ipencap', '')) })?.policyOut).toBe('none')
    expect(one({ policies: said(policies.replaceAll('dir in ', 'dir in action block ')) })?.policyIn).toBe('none')
    expect(one({ policies: said(policies.replaceAll('mode transport', 'mode tunnel')) })?.policyIn).toBe('tunnel')
  })

  it('tells pings apart', () => {
    expect(one({ 'largest p82': said(tooLong, 1) })?.largestPasses).toBe(false)
    expect(one({ 'largest p82': said(lost, 1) })?.largestPasses).toBe(false)
    // busybox knows no -M, and says so on standard error alone.
    expect(one({ 'largest p82': said('', 1) })?.largestPasses).toBeNull()
    const busybox =
      '64 bytes from 172.20.0.82: seq=0 ttl=64 time=0.073 ms\n1 packets transmitted, 1 packets received, 0% packet loss\n'
    expect(one({ 'small p82': said(busybox) })?.ping).toEqual({ answers: true, ms: 0.073 })
    expect(one({ 'small p82': said('ping: connect: Network is unreachable\n', 2) })?.ping.answers).toBeNull()
  })

  it('counts a child that was made meanwhile from its beginning', () => {
    const rekeyed = grown(300).replace(/spi-in = \w+/, 'spi-in = c0ffee00')
    expect(one({ after: said(rekeyed) })).toMatchObject({ grewIn: 300, grewOut: 300 })
    const before = said('list-sas reply {\n}\n')
    expect(one({ before })).toMatchObject({ grewIn: 1500, grewOut: 1500 })
  })

  it('takes the younger of two children, and an established SA before one that is connecting', () => {
    const child = / {6}p82-1 \{[\s\S]*?\n {6}\}\n/.exec(text('sas'))?.[0] ?? ''
    const young = child
      .replace('p82-1', 'p82-2')
      .replace(/install-time = \d+/, 'install-time = 1')
      .replace(/spi-in = \w+/, 'spi-in = c0ffee00')
    const connecting = 'list-sa event {\n  p82 {\n    state = CONNECTING\n    child-sas {\n    }\n  }\n}\n'
    const two = one({ after: said(`${connecting}${text('sas').replace(child, child + young)}`) })
    expect(two).toMatchObject({ ike: { state: 'ESTABLISHED' }, child: { spiIn: 'c0ffee00' } })
  })

  it('tells the tunnel', () => {
    const links = said(text('links').replace('mesh-82', 'p82'))
    expect(one({ links })?.tunnel).toEqual({ mtu: 1446, isUp: true })
    expect(one({ links: said(text('links')) })?.tunnel).toBe('none')
  })
})

describe('what the rules dropped', () => {
  it('is counted by iptables and nftables', () => {
    const iptables = `*filter
[1:20] -A INPUT -s 10.77.0.82/32 -j DROP
[5:70] -A POLLUX-cloud-in-peers -s 10.77.0.82/32 -j POLLUX-cloud-in-peer
[7:840] -A POLLUX-cloud-in-peer -p ipencap -m policy --dir in --pol none -j DROP
[3:60] -A POLLUX-cloud-out-peer -p ipencap -m policy --dir out --pol none -j DROP
[9:90] -A POLLUX-clouds-in-peer -p ipencap -m policy --dir in --pol none -j DROP
COMMIT
`
    expect(seen({ iptables: said(iptables) }).drops).toEqual({ in: 7, out: 3 })
    const nft = `table inet filter {
\tchain input {
\t\tip saddr 10.77.0.82 counter packets 5 bytes 9 drop
\t}
}
table ip pollux_cloud {
\tchain in {
\t\tip saddr 10.77.0.82 ip daddr 10.77.0.81 ip protocol ipencap meta ipsec missing counter packets 4 bytes 9 drop
\t}

\tchain out {
\t\tip daddr 10.77.0.82 ip saddr 10.77.0.81 ip protocol ipencap rt ipsec missing counter packets 6 bytes 9 drop
\t}
}
`
    expect(seen({ nft: said(nft) }).drops).toEqual({ in: 4, out: 6 })
    expect(seen({ nft: said(nft.replaceAll(/ counter packets \d+ bytes \d+/g, '')) }).drops).toEqual({
      in: null,
      out: null,
    })
    expect(seen({ nft: missing, iptables: missing }).drops).toEqual({ in: null, out: null })
  })
})

describe('the questions', () => {
  it('only read, and wait one second for each ping', () => {
    const { readings, timeoutS } = pairProbe(mesh, [pair, other])
    const commands = Object.values<Reading>(readings).flatMap((reading) =>
      reading.kind === 'command' ? [reading.argv] : [],
    )
    expect(commands.filter((argv) => !isReadingArgv(argv))).toEqual([])
    const pings = commands.filter(([program]) => program === 'ping')
    expect(pings.map((argv) => argv.join(' '))).toEqual([
      'ping -n -c 1 -W 1 172.20.0.82',
      'ping -n -c 1 -W 1 -M do -s 1418 172.20.0.82',
      'ping -n -c 1 -W 1 172.20.0.99',
      'ping -n -c 1 -W 1 -M do -s 1418 172.20.0.99',
    ])
    expect(timeoutS).toBeGreaterThanOrEqual(pings.length)
  })

  it('stay cheap to understand with 200 peers', () => {
    const pairs = Array.from({ length: 200 }, (_, at) => ({ ...pair, name: `cloud-n${at}`, peerOuter: `10.9.0.${at}` }))
    const event = (name: string) => `list-sa event {\n  ${name} {\n    child-sas {\n    }\n  }\n}\n`
    const sas = said(`${pairs.map(({ name }) => event(name)).join('')}list-sas reply {\n}\n`)
    expect(seen({ before: sas, after: sas }, pairs).pairs).toHaveLength(200)
  })
})
