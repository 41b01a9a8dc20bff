import { describe, expect, it } from 'vitest'
import { isReadingArgv, type RawReading, type Reading } from '@/lib/agent'
import { ipsecFacts } from './facts'
import { loadFixture } from './load-fixtures'
import { ipsecProbe } from './probe'
import { readings } from './questions'

const missing: RawReading = { state: 'not-read', why: 'no-program', detail: '' }
const said = (text: string, more: object = {}): RawReading => ({
  ...{ state: 'read', kind: 'text', text, truncated: false, exitCode: 0, branch: 0 },
  ...more,
})

/** Every reading of the probe, as it was on a guest of the lab, with these in their place. */
function factsOf(instead: Partial<Record<keyof typeof readings, RawReading>> = {}) {
  const found = ipsecProbe.parse({
    ...(loadFixture('quince') as Record<keyof typeof readings, RawReading>),
    ...instead,
  })
  if (found.state === 'not-read') throw new Error(found.detail)
  return found.value
}

describe('the facts of a host', () => {
  it('are what a guest with one pair said', () => {
    const facts = factsOf()
    expect(ipsecFacts.parse(facts)).toEqual(facts)
    expect(facts).toMatchObject({
      daemon: { kind: 'swanctl', version: '5.9.8', unit: 'strongswan.service', isActive: true, isEnabled: false },
      canInstall: null,
      kernel: { release: '6.1.176', hasEsp: true, hasIpip: true, hasXfrm: true, hasPolicyMatch: true },
      hasSystemd: true,
      publicKey: null,
      connections: ['p82'],
      sas: [{ name: 'p82', state: 'ESTABLISHED', children: [{ name: 'p82', mode: 'TRANSPORT' }] }],
      firewall: { tool: 'none', iptablesBackend: 'legacy', nft: '', isPersistent: false },
    })
    expect(facts.daemons).toHaveLength(1)
    expect(facts.policies).toEqual([
      { src: '10.77.0.81/32', dst: '10.77.0.82/32', protocol: 4, direction: 'out', mode: 'transport', action: 'allow' },
      { src: '10.77.0.82/32', dst: '10.77.0.81/32', protocol: 4, direction: 'in', mode: 'transport', action: 'allow' },
    ])
    expect(facts.devices.map(({ name, mtu, isUp, stack }) => [name, mtu, isUp, stack])).toEqual([
      ['lo', 65536, true, 'none'],
      ['vec0', 1500, true, 'networkd'],
      ['tunl0', 1480, false, 'none'],
      ['mesh-82', 1446, true, 'none'],
    ])
    expect(facts.tunnels.at(-1)).toEqual({
      ...{ name: 'mesh-82', local: '10.77.0.81', remote: '10.77.0.82', mtu: 1446, isUp: true },
    })
    expect(facts.files['/etc/swanctl/conf.d/pollux-p82.conf']).toMatchObject({
      state: 'there',
      type: 'file',
      mode: '0644',
    })
    expect(facts.folders).toContain('/etc/swanctl/pubkey')
    expect(facts.folders).not.toContain('/etc/netplan')
    expect(facts.xfrmStat).toMatchObject({ XfrmInNoStates: 0 })
  })

  it('say nothing of what did not answer', () => {
    const facts = factsOf({
      sas: said('', { exitCode: 111 }),
      connections: said('list-conn event {\n', { truncated: true }),
      policies: missing,
      iptablesSave: said('', { exitCode: 1 }),
      nft: missing,
      tcp4: said('', { truncated: true }),
      clock: missing,
    })
    expect(facts).toMatchObject({ sas: null, connections: null, policies: null, logins: null, clockS: null })
    expect(facts.firewall).toMatchObject({ tool: 'unclear', iptables: null, nft: null })
  })

  it('are none without addresses and routes, or with less than all of them', () => {
    const raw = loadFixture('quince') as Record<keyof typeof readings, RawReading>
    expect(ipsecProbe.parse({ ...raw, addresses: missing })).toEqual(missing)
    const cut = ipsecProbe.parse({ ...raw, routes: said('default via 192.0.2.1 dev eth0\n', { truncated: true }) })
    expect(cut).toMatchObject({ state: 'not-read', why: 'cut-off' })
    const files = { state: 'read', kind: 'documents', byPath: new Map(), truncated: true } as const
    expect(ipsecProbe.parse({ ...raw, documents: files })).toMatchObject({ state: 'not-read', why: 'cut-off' })
  })

  it('have the key that the host made for itself', () => {
    const key = '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n'
    const path = '/etc/swanctl/pubkey/pollux.pem'
    const files = { state: 'read', kind: 'by-path', byPath: new Map([[path, key]]), truncated: false } as const
    const listing = '/etc/swanctl/pubkey:\n-rw-r--r-- 1 root root 80 Nov 27 17:00 pollux.pem\n'
    expect(factsOf({ smallFiles: files, listing: said(listing) }).publicKey).toBe(key)
  })
})

describe('what is kept', () => {
  it('has nothing that is another at every reading', () => {
    const facts = factsOf()
    const kept = ipsecProbe.keep?.(facts)
    expect(kept).toMatchObject({ sas: null, xfrmStat: {}, logins: null, clockS: null })
    expect(kept).toMatchObject({ policies: facts.policies, files: facts.files })
  })
})

describe('the questions', () => {
  it('only read', () => {
    const all = Object.values<Reading>(readings).flatMap((reading) =>
      reading.kind === 'first-of' ? [...reading.of] : [reading],
    )
    const commands = all.flatMap((reading) => (reading.kind === 'command' ? [reading.argv] : []))
    expect(commands.length).toBeGreaterThan(15)
    expect(commands.filter((argv) => !isReadingArgv(argv))).toEqual([])
  })

  it('ask for no secret, and of the folders of keys for names alone', () => {
    const { listing, ...others } = readings
    expect(JSON.stringify(others)).not.toMatch(/secrets|\/private|psk|xfrm","state/)
    expect(listing.argv.slice(0, 2)).toEqual(['ls', '-l'])
  })
})
