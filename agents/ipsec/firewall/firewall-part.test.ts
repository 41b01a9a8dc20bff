import { describe, expect, it } from 'vitest'
import { type ConfigFile, fileAt, filesAfter } from '@/lib/agent/config-file'
import type { FirewallFacts, IpsecFacts } from '../facts/facts'
import { firewallAfter } from './firewall-after'
import { firewallDrift } from './firewall-drift'
import { firewallPart } from './firewall-part'
import { guardedOf } from './guarded'
import { firewallPaths, HOOKS_FOLDER, NFTABLES_LINK, SAVED_RULES, UFW_RULES } from './names'
import { hostWith, ids, mesh, sidesTo } from './testing/hosts'

const file = (bytes: string, type: 'file' | 'link' = 'file'): ConfigFile => ({
  state: 'there',
  type,
  mode: '0640',
  owner: 'root',
  group: 'root',
  bytes,
})
const iptables = '-P INPUT DROP\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT\n-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\n'
const ufw = '-P INPUT DROP\n-N ufw-before-input\n-N ufw-before-output\n-A INPUT -j ufw-before-input\n'
const table = (name: string) => `table inet ${name} {
	chain input {
		type filter hook input priority filter; policy drop;
		tcp dport 22 accept
	}
}
`
const rules = '*filter\n:INPUT DROP [0:0]\n-A INPUT -i lo -j ACCEPT\nCOMMIT\n'
const paths = firewallPaths(mesh)
const peers = { web1: '192.0.2.11', web2: '192.0.2.12' }

type Case = [title: string, firewall: Partial<FirewallFacts>, over: Partial<IpsecFacts>, written: string[]]
const cases: Case[] = [
  [
    'iptables that netfilter-persistent keeps',
    { tool: 'iptables', iptables, isPersistent: true },
    { files: { [SAVED_RULES]: file(rules) } },
    [SAVED_RULES],
  ],
  ['iptables that nothing keeps', { tool: 'iptables', iptables }, {}, [paths.loader, paths.rules, paths.unit]],
  [
    'iptables without systemd',
    { tool: 'iptables', iptables },
    { hasSystemd: false, folders: [HOOKS_FOLDER] },
    [paths.loader, paths.rules, paths.hook],
  ],
  [
    'ufw',
    { tool: 'ufw', iptables: ufw },
    { files: { [UFW_RULES]: file(rules.replace('INPUT', 'ufw-before-input')) } },
    [UFW_RULES],
  ],
  [
    'nftables.service',
    { tool: 'nftables', nft: table('filter') },
    { files: { [NFTABLES_LINK]: file('', 'link') } },
    [paths.loader, paths.rules, paths.dropIn],
  ],
  [
    'nftables by something else',
    { tool: 'nftables', nft: table('filter') },
    {},
    [paths.loader, paths.rules, paths.unit],
  ],
  [
    'firewalld',
    { tool: 'firewalld', nft: table('firewalld') },
    {},
    [paths.loader, paths.rules, paths.unit, paths.zone, paths.policy],
  ],
  ['no rules at all', { tool: 'none', nft: '', iptables: '' }, {}, [paths.loader, paths.rules, paths.unit]],
]

describe.each(cases)('the firewall’s part with %s', (_, firewall, over, written) => {
  const host = hostWith(firewall, over)
  const sides = sidesTo(host, '192.0.2.10', peers)
  const part = firewallPart(host, mesh, sides, ids)
  const fileSteps = part.steps.flatMap((step) => (step.kind === 'file' ? [step] : []))
  const after = {
    ...host,
    facts: {
      ...host.facts,
      ...firewallAfter(host, guardedOf(mesh.tag, sides), filesAfter(host.facts.files, fileSteps)),
    },
  }

  it('writes these files', () => expect(fileSteps.map(({ path }) => path)).toEqual(written))

  it('has steps of ids that are its own', () => {
    expect(new Set(part.steps.map(({ id }) => id)).size).toBe(part.steps.length)
    for (const { id } of part.steps) expect(id).toMatch(/^[\w.-]+$/)
  })

  it('has nothing to do once it was applied, and shows drift before', () => {
    expect(firewallPart(after, mesh, sides, ids).steps).toEqual([])
    expect(firewallDrift(after, guardedOf(mesh.tag, sides))).toEqual([])
    expect(firewallDrift(host, guardedOf(mesh.tag, sides))).toHaveLength(1)
  })

  it('leaves all as it was once nothing of the mesh may stay', () => {
    const { steps } = firewallPart(after, mesh, [], ids)
    const removing = steps.flatMap((step) => (step.kind === 'file' ? [step] : []))
    const gone = firewallAfter(after, guardedOf(mesh.tag, []), filesAfter(after.facts.files, removing))
    expect(gone.firewall).toEqual(host.facts.firewall)
    for (const path of written) expect(fileAt(gone.files, path)).toEqual(fileAt(host.facts.files, path))
    expect(Object.keys(gone.files)).toEqual(Object.keys(host.facts.files))
  })
})

describe('the firewall’s part', () => {
  const partOf = (firewall: Partial<FirewallFacts>, over: Partial<IpsecFacts> = {}) => {
    const host = hostWith(firewall, over)
    return firewallPart(host, mesh, sidesTo(host, '192.0.2.10', peers), ids)
  }

  it.each([
    [{ tool: 'shorewall' }, /Shorewall.*ESP \(protocol 50\), UDP 500 and 4500/],
    [{ tool: 'unclear', because: 'Two backends have rules.' }, /not clear: Two backends have rules\./],
    [{ tool: 'iptables', iptables: null }, /could not be asked/],
    [{ tool: 'firewalld', nft: '' }, /does not work with nftables/],
    [{ tool: 'ufw', iptables: ufw }, /before\.rules on web0 could not be read/],
    [{ tool: 'nftables', nft: table('filter').replace('input {', 'INPUT {').replace('inet', 'ip') }, /of the two/],
  ] as const)('refuses where it would have to guess: %o', (firewall, why) =>
    expect(() => partOf(firewall)).toThrow(why),
  )

  it.each([{ tool: 'unclear' }, { tool: 'iptables', iptables: null }, { tool: 'firewalld', nft: '' }] as const)(
    'shows no drift where it cannot tell: %o',
    (firewall) => {
      const host = hostWith(firewall)
      expect(firewallDrift(host, guardedOf(mesh.tag, sidesTo(host, '192.0.2.10', peers)))).toEqual([])
    },
  )

  it('says that a host without a firewall has none', () => {
    expect(partOf({ tool: 'none' })).toMatchObject({ steps: [], findings: [{ level: 'warn', hostId: 'h1' }] })
  })

  it('says that nothing loads the rules where neither systemd nor ifupdown is there', () => {
    const { findings } = partOf({ tool: 'iptables', iptables }, { hasSystemd: false })
    expect(findings.map(({ title }) => title)).toContain('The rules end with the next boot')
  })

  it('takes rules out also where it would set none', () => {
    const host = hostWith({ tool: 'iptables', iptables })
    const { firewall } = firewallAfter(host, guardedOf(mesh.tag, sidesTo(host, '192.0.2.10', peers)), {})
    const shorewall = hostWith({ ...firewall, tool: 'shorewall' })
    expect(firewallPart(shorewall, mesh, [], ids).steps).toHaveLength(2)
  })
})
