import { expect } from 'vitest'
import type { PlanHost, Step } from '@/lib/agent'
import { type ConfigFile, filesAfter } from '@/lib/agent/config-file'
import type { FirewallFacts, IpsecFacts } from '../../facts/facts'
import type { Side } from '../../mesh/pair'
import { firewallAfter } from '../firewall-after'
import { firewallDrift } from '../firewall-drift'
import { firewallPart } from '../firewall-part'
import { guardedOf } from '../guarded'
import { firewallDocuments } from '../names'
import { hostWith, ids, mesh, sidesTo } from './hosts'
import { run, shell, takeBack } from './on-host'

/** Other members by their labels, with their outer addresses. */
export type Peers = Readonly<Record<string, string>>

export const two: Peers = { web1: '10.77.0.1', web2: '10.77.0.13' }
export const three: Peers = { ...two, web3: '198.51.100.7' }

/** A host of the lab, as the tests of the firewall's part see it. */
export interface RulesHost {
  name: string
  address: string
  tool: Extract<FirewallFacts['tool'], 'iptables' | 'nftables' | 'ufw' | 'firewalld'>
}

const isByIptables = ({ tool }: RulesHost) => tool === 'iptables' || tool === 'ufw'

/** The firewall's facts as they are on the host now. */
export async function lookAtRules(host: RulesHost): Promise<FirewallFacts> {
  return {
    tool: host.tool,
    because: 'the test says so',
    iptables: isByIptables(host) ? await shell(host.name, 'iptables -S') : null,
    iptablesBackend: null,
    nft: isByIptables(host) ? null : await shell(host.name, 'nft list ruleset'),
    isPersistent: true,
  }
}

/** All that the part may touch: the rules in force, the files' names, and what is in those of the admin. */
export async function stateOf(host: RulesHost): Promise<string> {
  const [rules = '', ...files] = (
    await shell(
      host.name,
      `${isByIptables(host) ? 'iptables -S' : 'nft list ruleset'}
echo "${endOfRules}"
find /etc/pollux /etc/iptables /etc/ufw /etc/firewalld /etc/systemd/system /etc/nftables.conf 2>/dev/null | sort
cat /etc/iptables/rules.v4 /etc/ufw/*.rules 2>/dev/null
find /etc/firewalld -type f -exec cat {} + 2>/dev/null; exit 0`,
    )
  ).split(endOfRules)
  // The kernel lists tables in the order in which they were made, which says nothing; firewalld makes its own anew.
  return [...rules.split(/^(?=table )/m).toSorted(), ...files].join('')
}

const endOfRules = '# End of the rules'

/** What would bring the host's rules to these peers, by what its rules and files are now. */
export async function planned(
  on: RulesHost,
  peers: Peers,
): Promise<{ host: PlanHost<IpsecFacts>; sides: Side[]; steps: Step[] }> {
  const rules = await lookAtRules(on)
  const found = await shell(
    on.name,
    `for f in ${firewallDocuments.join(' ')}; do [ ! -f "$f" ] || { printf '%s ' "$f"; base64 -w 0 "$f"; echo; }; done`,
  )
  const files = found.split('\n').flatMap((line): [string, ConfigFile][] => {
    const [path, bytes] = line.split(' ')
    if (!path || bytes === undefined) return []
    const type = path.includes('.wants/') ? 'link' : 'file'
    const text = Buffer.from(bytes, 'base64').toString('latin1')
    return [[path, { state: 'there', type, mode: '0644', owner: 'root', group: 'root', bytes: text }]]
  })
  const host = hostWith(rules, { files: Object.fromEntries(files) })
  const sides = sidesTo(host, on.address, peers)
  return { host, sides, steps: firewallPart(host, mesh, sides, ids).steps }
}

/** Plans, runs, and sees that a second plan is empty, also on what was predicted. */
export async function bring(on: RulesHost, peers: Peers): Promise<Step[]> {
  const { host, sides, steps } = await planned(on, peers)
  await run(on.name, steps)
  expect((await planned(on, peers)).steps.map((step) => step.title)).toEqual([])
  const files = filesAfter(
    host.facts.files,
    steps.flatMap((step) => (step.kind === 'file' ? [step] : [])),
  )
  const predicted = { ...host, facts: { ...host.facts, ...firewallAfter(host, guardedOf(mesh.tag, sides), files) } }
  expect(firewallPart(predicted, mesh, sides, ids).steps.map((step) => step.title)).toEqual([])
  expect(firewallDrift(predicted, guardedOf(mesh.tag, sides))).toEqual([])
  return steps
}

/** From nothing to two peers, three, two, none, with ways back between; each leaves what it should, letter by letter. */
export async function wholeWay(on: RulesHost, look: (peers: number) => Promise<void>): Promise<void> {
  const before = await stateOf(on)
  const toTwo = await bring(on, two)
  const withTwo = await stateOf(on)
  await look(2)
  await takeBack(on.name, toTwo)
  expect(await stateOf(on)).toBe(before)
  // Its undo is asked also where it did nothing, and where it was done already.
  await takeBack(on.name, toTwo)
  expect(await stateOf(on)).toBe(before)
  await bring(on, two)
  const toThree = await bring(on, three)
  await look(3)
  await takeBack(on.name, toThree)
  expect(await stateOf(on)).toBe(withTwo)
  await bring(on, three)
  await bring(on, two)
  expect(await stateOf(on)).toBe(withTwo)
  const toNone = await bring(on, {})
  expect(await stateOf(on)).toBe(before)
  await takeBack(on.name, toNone)
  expect(await stateOf(on)).toBe(withTwo)
  await bring(on, {})
  expect(await stateOf(on)).toBe(before)
}

/** What drift would say of the host's rules for these peers now. */
export async function driftOf(on: RulesHost, peers: Peers) {
  const { host, sides } = await planned(on, peers)
  return firewallDrift(host, guardedOf(mesh.tag, sides))
}
