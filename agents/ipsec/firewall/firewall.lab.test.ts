import { createSocket } from 'node:dgram'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { hostExec, hostsForTests } from '@/e2e/lab/lab'
import { isLong } from '@/e2e/long-tests'
import { makeLabHost } from '@/e2e/make-lab-host'
import { type Agent, defineProbe, type Plan, type PlanHost } from '@/lib/agent'
import { type ConfigFile, documentsOf } from '@/lib/agent/config-file'
import type { Ctx } from '@/lib/auth/actor'
import { setAgents } from '@/lib/changes/agents'
import { planChange } from '@/lib/changes/ask-change'
import { approveChange } from '@/lib/changes/decide-change'
import { changesSettled } from '@/lib/changes/engine'
import { getChange } from '@/lib/changes/get-change'
import { readJournal } from '@/lib/changes/read-journal'
import { revertChange } from '@/lib/changes/revert-change'
import { commandStep } from '@/lib/changes/testing/steps'
import { withTestStore } from '@/lib/db/test-store'
import { sshPool } from '@/lib/ssh'
import { makeUser } from '@/prisma/factories'
import type { FirewallFacts } from '../facts/facts'
import { firewallPart } from './firewall-part'
import { firewallDocuments } from './names'
import { hostWith, ids, mesh, sidesTo } from './testing/hosts'
import { ok, run, shell } from './testing/on-host'
import {
  bring,
  driftOf,
  lookAtRules,
  type Peers,
  planned,
  type RulesHost,
  stateOf,
  three,
  two,
  wholeWay,
} from './testing/rules-on'

const running = hostsForTests()
const has = (name: string) => running.some((host) => host.name === name)
const test = withTestStore()
let ctx: Ctx

const desired = z.object({ peers: z.record(z.string(), z.string()), fails: z.boolean() })
type Desired = z.infer<typeof desired>
type Facts = { files: Record<string, ConfigFile> }

const addresses: Readonly<Record<string, string>> = {
  alder: '10.77.0.11',
  birch: '10.77.0.12',
  cedar: '10.77.0.13',
  plum: '10.77.0.91',
  peach: '10.77.0.92',
}
const hostBy = (name: string, tool: RulesHost['tool']): RulesHost => ({ name, tool, address: addresses[name] ?? '' })

/** What the test looked up on the host beside the agent's probe, which reads files alone. */
let rules: FirewallFacts

/** An agent of the firewall's part alone. */
function firewallAgent(name: string): Agent<'firewall', Facts, Desired> {
  const plan = ([host]: readonly PlanHost<Facts>[], wish: Desired): Plan => {
    if (!host) throw new Error('expected a host')
    const seen = hostWith(rules, { files: host.facts.files }, host.hostId)
    const part = firewallPart(seen, mesh, sidesTo(seen, addresses[name] ?? '', wish.peers), ids)
    const steps = [...part.steps, ...(wish.fails ? [commandStep('fails', ['false'])] : [])]
    return {
      agent: { id: 'firewall', version: 1 },
      title: 'Firewall',
      summary: 'Sets rules.',
      phases: [{ id: 'firewall', title: 'Firewall', hosts: [{ hostId: host.hostId, steps }] }],
      checks: part.checks,
      basis: part.basis,
      findings: part.findings,
      guard: null,
      nothingToDo: part.steps.length === 0 ? 'The rules stand.' : null,
    }
  }
  return {
    id: 'firewall',
    version: 1,
    title: 'Firewall',
    about: 'Sets the rules of a mesh.',
    probe: defineProbe({
      id: 'firewall',
      timeoutS: 20,
      readings: { files: { kind: 'documents', globs: firewallDocuments } },
      parse: ({ files }) => ({ state: 'read' as const, value: { files: documentsOf(files) } }),
    }),
    desired,
    plan,
    predict: ({ facts }) => facts,
    drift: () => [],
  }
}

const reset = `iptables -P INPUT ACCEPT; iptables -P FORWARD ACCEPT; iptables -F; iptables -X; nft flush ruleset
systemctl disable -q pollux-cloud-firewall.service 2>/dev/null
rm -rf /etc/pollux /etc/iptables /etc/systemd/system/nftables.service.d /etc/systemd/system/pollux-cloud-firewall.service`

/** The first of several styles; all where all is asked for. */
const some = (styles: Readonly<Record<string, string>>) => Object.entries(styles).slice(0, isLong ? undefined : 1)

async function knock(address: string) {
  const socket = createSocket('udp4')
  await new Promise<void>((resolve, reject) =>
    socket.send('?', 500, address, (error) => (error ? reject(error) : resolve())),
  )
  socket.close()
}

const saved = `# of the admin's own
*filter
:INPUT DROP [5:300]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [9:900]
-A INPUT -i lo -j ACCEPT
-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
COMMIT
`
const iptablesStyles = {
  'a closed policy': `iptables -A INPUT -i lo -j ACCEPT
iptables -A INPUT -c 7 700 -p tcp --dport 9 -j ACCEPT; iptables -A INPUT -p tcp --dport 22 -j ACCEPT
iptables -A INPUT -m state --state ESTABLISHED,RELATED -j ACCEPT
iptables -A OUTPUT -j ACCEPT; iptables -P INPUT DROP`,
  'a reject at the end': `iptables -A INPUT -c 7 700 -p tcp --dport 9 -j ACCEPT; iptables -A INPUT -p tcp --dport 22 -j ACCEPT
iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A INPUT -m comment --comment 'the rest' -j REJECT --reject-with icmp-host-prohibited; iptables -A OUTPUT -j ACCEPT`,
  'chains as of docker': `iptables -N DOCKER; iptables -N DOCKER-USER; iptables -A FORWARD -j DOCKER-USER
iptables -A DOCKER-USER -j RETURN; iptables -P FORWARD DROP; iptables -A INPUT -c 7 700 -p tcp --dport 9 -j ACCEPT
iptables -A INPUT -p udp -j DROP; iptables -A OUTPUT -j ACCEPT`,
} as const

describe.each([
  ['birch', 'nft'],
  ['cedar', 'legacy'],
] as const)('iptables on %s (%s)', (name, backend) => {
  const on = hostBy(name, 'iptables')

  beforeEach(async ({ skip }) => {
    skip(!has(name), `${name} is not up`)
    await hostExec(name, ['sh', '-c', reset])
    await shell(
      name,
      `update-alternatives --set iptables /usr/sbin/iptables-${backend} >/dev/null; mkdir /etc/iptables
cat > /etc/iptables/rules.v4 <<'END'\n${saved}END`,
    )
  })
  afterEach(async () => {
    await hostExec(name, ['sh', '-c', `${reset}; update-alternatives --set iptables /usr/sbin/iptables-nft`])
  })

  it.each(some(iptablesStyles))('lets the mesh in before %s, and goes without a trace', async (_, style) => {
    await shell(name, style)
    await wholeWay(on, async (peers) => {
      if (peers === 2) await knock(on.address)
      const counted = await shell(name, 'iptables-save -c -t filter')
      expect(counted).toContain('[7:700] -A INPUT -p tcp -m tcp --dport 9 -j ACCEPT\n')
      const first = counted.split('\n').find((line) => line.includes(' -A INPUT '))
      expect(first).toMatch(/ -A INPUT -j POLLUX-cloud-in$/)
      const knocked = peers === 2 ? 1 : 0
      expect(counted).toContain(`[${knocked}:${29 * knocked}] -A POLLUX-cloud-in-peer -p udp -j ACCEPT\n`)
      const file = await shell(name, 'iptables-restore --test < /etc/iptables/rules.v4; cat /etc/iptables/rules.v4')
      expect(
        file
          .split('\n')
          .filter((line) => !/POLLUX|Mesh/.test(line))
          .join('\n'),
      ).toBe(saved)
      expect(file.indexOf('-A INPUT -j POLLUX-cloud-in')).toBeLessThan(file.indexOf('-A INPUT -i lo'))
    })
  })

  it('keeps the counters of a peer when another joins and leaves', async () => {
    await bring(on, two)
    await knock(on.address)
    const counted = async () => {
      const text = await shell(name, 'iptables-save -c -t filter')
      return text.split('\n').find((line) => line.includes('-s 10.77.0.1/32 -j POLLUX-cloud-in-peer'))
    }
    expect(await counted()).toMatch(/^\[1:29\] /)
    await bring(on, three)
    await bring(on, two)
    expect(await counted()).toMatch(/^\[1:29\] /)
  })

  it('shows as drift when somebody empties a chain', async () => {
    await bring(on, two)
    await shell(name, 'iptables -F INPUT')
    expect(await driftOf(on, two)).toMatchObject([{ seen: 'not jumped to from both chains' }])
  })

  it('comes back by its loader where nothing of the admin’s keeps rules', async () => {
    await shell(name, 'rm /etc/iptables/rules.v4')
    await bring(on, two)
    const withTwo = await shell(name, 'iptables -S')
    expect(await shell(name, 'systemctl is-enabled pollux-cloud-firewall.service')).toBe('enabled\n')
    await shell(name, 'iptables -F; iptables -X; systemctl start pollux-cloud-firewall.service')
    expect(await shell(name, 'iptables -S')).toBe(withTwo)
    await shell(name, 'systemctl restart pollux-cloud-firewall.service')
    expect(await shell(name, 'iptables -S')).toBe(withTwo)
    await bring(on, {})
    expect(await shell(name, 'ls -d /etc/pollux /etc/systemd/system/pollux-* 2>/dev/null; exit 0')).toBe('')
  })
})

const nftStyles = {
  'a closed policy': `table inet filter {
  chain input { type filter hook input priority 0; policy drop;
    iif lo accept
    ct state established,related accept
    tcp dport { 22, 2222 } accept
  }
  chain output { type filter hook output priority 0; policy accept; }
}`,
  'a reject at the end': `table ip own { set admins { type ipv4_addr; elements = { 10.77.0.1 } }
  chain rest { reject with icmp type host-prohibited
  }
  chain to_me { type filter hook input priority 10; policy accept;
    ct state vmap { established : accept, related : accept, invalid : drop }
    ip saddr @admins tcp dport { 22, 2222 } accept
    goto rest
  }
  chain from_me { type filter hook output priority 0; policy drop;
    ct state established accept
    meta l4proto { tcp, udp, icmp } accept
  }
}`,
  'chains as of docker': `table ip nat { chain DOCKER { }
  chain PREROUTING { type nat hook prerouting priority -100; policy accept; fib daddr type local jump DOCKER; }
}
table inet f2b { chain input { type filter hook input priority -1; policy accept; tcp dport 25 reject
  }
}
table inet filter { chain input { type filter hook input priority 0; policy accept;
    tcp dport { 22, 2222 } accept
    ct state established accept
    drop
  }
}`,
  'nothing at all': '',
} as const

describe.each(['birch', 'plum'] as const)('nftables on %s', (name) => {
  const on = hostBy(name, 'nftables')

  beforeEach(async ({ skip }) => {
    skip(!has(name), `${name} is not up`)
    await hostExec(name, ['sh', '-c', reset])
  })
  afterEach(async () => {
    await hostExec(name, ['sh', '-c', `${reset}; systemctl disable -q --now nftables; systemctl daemon-reload`])
  })

  it.each(some(nftStyles))('lets the mesh in before %s, and goes without a trace', async (style, text) => {
    await ok(name, ['nft', '-f', '-'], text)
    const closed = { 'a closed policy': 1, 'a reject at the end': 2, 'chains as of docker': 1, 'nothing at all': 0 }
    await wholeWay(on, async () => {
      const chains = (await shell(name, 'nft list ruleset')).split('\tchain ')
      const jumping = chains.filter((chain) => /\n\t\ttype .*\n\t\tjump pollux_cloud_(in|out)\n/.test(chain))
      expect(jumping).toHaveLength(closed[style as keyof typeof closed])
    })
  })

  it('stays through a reload and a restart of nftables.service, in the host’s own table too', async () => {
    const conf = `flush ruleset\n${nftStyles['a closed policy']}\n`
    const own = await shell(name, 'cat /etc/nftables.conf')
    try {
      await ok(name, ['sh', '-c', 'cat > /etc/nftables.conf'], conf)
      await shell(name, 'systemctl enable -q --now nftables')
      const before = await stateOf(on)
      await bring(on, two)
      const withTwo = await stateOf(on)
      expect(withTwo).toContain('jump pollux_cloud_in')
      for (const verb of ['reload', 'restart', 'reload']) {
        await shell(name, `systemctl daemon-reload; systemctl ${verb} nftables`)
        expect(await driftOf(on, two)).toEqual([])
        expect((await stateOf(on)).split('\n').toSorted()).toEqual(withTwo.split('\n').toSorted())
      }
      // What is left lets the lab's own way in pass, which on a guest is the network.
      await shell(name, "nft 'flush chain inet filter input; add rule inet filter input tcp dport { 22, 2222 } accept'")
      expect(await driftOf(on, two)).toHaveLength(1)
      await shell(name, 'nft flush table inet filter; systemctl reload nftables')
      await bring(on, {})
      expect(await stateOf(on)).toBe(before)
      await shell(name, 'systemctl daemon-reload; systemctl reload nftables')
      expect(await stateOf(on)).toBe(before)
    } finally {
      await ok(name, ['sh', '-c', 'cat > /etc/nftables.conf'], own)
    }
  })
})

describe('ufw on plum', () => {
  const on = hostBy('plum', 'ufw')

  beforeEach(async ({ skip }) => {
    skip(!has(on.name), `${on.name} is not up`)
    await hostExec(on.name, ['sh', '-c', reset])
    await shell(
      on.name,
      `rm -rf /root/ufw.before; cp -a /etc/ufw /root/ufw.before
for port in 22 2222; do ufw allow $port/tcp; done; ufw --force enable; ufw reload`,
    )
  })
  afterEach(async () => {
    if (!has(on.name)) return
    await shell(on.name, 'ufw --force disable; rm -rf /etc/ufw; mv /root/ufw.before /etc/ufw')
    await hostExec(on.name, ['sh', '-c', reset])
  })

  it('lets the mesh in before all else, and goes without a trace', async () => {
    const status = await shell(on.name, 'ufw status verbose')
    await wholeWay(on, async (peers) => {
      if (peers === 2) await knock(on.address)
      const counted = await shell(on.name, 'iptables-save -c -t filter')
      const knocked = peers === 2 ? 1 : 0
      expect(counted).toContain(`[${knocked}:${29 * knocked}] -A POLLUX-cloud-in-peer -p udp -j ACCEPT\n`)
      const first = counted.split('\n').find((line) => line.includes(' -A ufw-before-input '))
      expect(first).toMatch(/ -A ufw-before-input -j POLLUX-cloud-in$/)
      expect(await shell(on.name, 'ufw status verbose')).toBe(status)
    })
  })

  it('stays through ufw’s own reload, and being switched off and on', async () => {
    await bring(on, two)
    const withTwo = await stateOf(on)
    for (const words of ['ufw reload', 'ufw --force disable && ufw --force enable', 'systemctl restart ufw']) {
      await shell(on.name, words)
      expect(await driftOf(on, two)).toEqual([])
      expect(await stateOf(on)).toBe(withTwo)
    }
    await shell(on.name, 'iptables -D ufw-before-input -j POLLUX-cloud-in')
    expect(await driftOf(on, two)).toMatchObject([{ seen: 'not jumped to from both chains' }])
  })
})

describe('firewalld on peach', () => {
  const on = hostBy('peach', 'firewalld')
  /** What firewalld says of all but the mesh. */
  const others = () =>
    shell(on.name, 'firewall-cmd --zone=public --list-all; firewall-cmd --permanent --zone=public --list-all')

  beforeEach(async ({ skip }) => {
    skip(!has(on.name), `${on.name} is not up`)
    await shell(on.name, 'firewall-cmd --state && firewall-cmd --reload')
  })
  afterEach(async () => {
    if (!has(on.name)) return
    await shell(
      on.name,
      `rm -rf /etc/pollux /etc/firewalld/zones/pollux-* /etc/firewalld/policies/pollux-*
nft delete table ip pollux_cloud 2>/dev/null; systemctl disable -q --now pollux-cloud-firewall.service 2>/dev/null
firewall-cmd --reload`,
    )
  })

  it('lets the mesh in by a zone and a policy of its own, and goes without a trace', async () => {
    const before = await others()
    await wholeWay(on, async (peers) => {
      const zone = await shell(on.name, 'firewall-cmd --info-zone=pollux-cloud-zone')
      expect(zone).toContain('target: ACCEPT')
      expect(zone.match(/cloud-web\d/g)).toHaveLength(peers)
      const policy = await shell(on.name, 'firewall-cmd --info-policy=pollux-cloud-in')
      expect(policy.match(/protocol value="esp" accept/g)).toHaveLength(peers)
      expect(await others()).toBe(before)
    })
  })

  it('stays through a reload and a restart, and shows what is missing', async () => {
    await bring(on, two)
    for (const words of ['firewall-cmd --reload', 'systemctl restart firewalld', 'firewall-cmd --complete-reload']) {
      // It answers before it has set its rules.
      await shell(on.name, `${words}; until firewall-cmd -q --state; do sleep 1; done`)
      expect(await driftOf(on, two)).toEqual([])
      expect((await planned(on, two)).steps).toEqual([])
    }
    await shell(on.name, 'nft delete table ip pollux_cloud')
    expect(await driftOf(on, two)).toMatchObject([{ seen: 'not all of them, or others' }])
  })

  it('is not reloaded, and nothing is set, where that would lose what somebody set live', async () => {
    await shell(on.name, 'firewall-cmd -q --add-port=9999/tcp')
    const before = await stateOf(on)
    try {
      const { steps } = await planned(on, two)
      await expect(run(on.name, steps)).rejects.toThrow('firewalld has rules that were set live and are not kept')
      expect(await stateOf(on)).toBe(before)
    } finally {
      await shell(on.name, 'firewall-cmd -q --remove-port=9999/tcp')
    }
  })
})

describe('a change', () => {
  const name = 'alder'

  beforeEach(async ({ skip }) => {
    skip(!has(name), `${name} is not up`)
    await hostExec(name, ['sh', '-c', reset])
    const user = await makeUser(test.current().db, { role: 'operator' })
    ctx = { actor: { kind: 'user', id: user.id, name: user.name, role: 'operator' }, requestId: 'test' }
    setAgents([firewallAgent(name)])
  })
  afterEach(async () => {
    await changesSettled()
    await sshPool().close()
    await hostExec(name, ['sh', '-c', `${reset}; systemctl daemon-reload`])
  })

  async function begin(on: RulesHost, hostId: string, peers: Peers, fails: boolean) {
    rules = await lookAtRules(on)
    const made = await planChange(ctx, { agentId: 'firewall', desired: { peers, fails }, hostIds: [hostId] })
    return end(made)
  }

  async function end(made: Awaited<ReturnType<typeof planChange>>) {
    if (!('changeId' in made)) throw new Error(made.nothingToDo)
    const { changeId } = made
    const { digest } = await getChange(ctx, changeId)
    await approveChange(ctx, { changeId, digest })
    await changesSettled()
    const { outcome } = await getChange(ctx, changeId)
    const { lines } = await readJournal(ctx, changeId, 0)
    return { changeId, outcome, text: lines.map((line) => line.text).join('\n') }
  }

  it.each([
    ['iptables', iptablesStyles['a closed policy']],
    ['nftables', `nft -f - <<'END'\n${nftStyles['a closed policy']}\nEND`],
  ] as const)('is taken back where it fails, stands, and is reverted: %s', async (tool, style) => {
    const on = hostBy(name, tool)
    const lab = running.find((one) => one.name === name)
    if (!lab) throw new Error(`expected ${name} to run`)
    const { id } = await makeLabHost(test.current().db, lab)
    await shell(name, style)
    const before = await stateOf(on)
    const failed = await begin(on, id, two, true)
    expect(failed.outcome, failed.text).toBe('reverted')
    expect(await stateOf(on)).toBe(before)
    const applied = await begin(on, id, two, false)
    expect(applied.outcome, applied.text).toBe('applied')
    expect(applied.text).toContain('web1 (10.77.0.1): IP in IP passes inside IPsec and not outside it')
    const back = await end(await revertChange(ctx, { changeId: applied.changeId }))
    expect(back.outcome, back.text).toBe('applied')
    expect(await stateOf(on)).toBe(before)
  })
})
