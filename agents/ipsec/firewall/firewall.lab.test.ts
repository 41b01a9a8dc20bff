import { createSocket } from 'node:dgram'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { hostExec, hostsForTests } from '@/e2e/lab/lab'
import { isLong } from '@/e2e/long-tests'
import { makeLabHost } from '@/e2e/make-lab-host'
import { type Agent, defineProbe, type Plan, type PlanHost, type Step } from '@/lib/agent'
import { type ConfigFile, documentsOf, filesAfter } from '@/lib/agent/config-file'
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
import { shellQuote } from '@/lib/ssh/quote'
import { makeUser } from '@/prisma/factories'
import type { FirewallFacts } from '../facts/facts'
import { firewallAfter } from './firewall-after'
import { firewallDrift } from './firewall-drift'
import { firewallPart } from './firewall-part'
import { guardedOf } from './guarded'
import { firewallDocuments } from './names'
import { hostWith, ids, mesh, sidesTo } from './testing/hosts'

const running = hostsForTests()
const has = (name: string) => running.some((host) => host.name === name)
const test = withTestStore()
let ctx: Ctx

const desired = z.object({ peers: z.record(z.string(), z.string()), fails: z.boolean() })
type Desired = z.infer<typeof desired>
type Facts = { files: Record<string, ConfigFile> }

const shell = async (name: string, script: string) => {
  const { code, stdout, stderr } = await hostExec(name, ['sh', '-c', script])
  if (code !== 0) throw new Error(`${name}: ${script}: ${code} ${stderr}`)
  return stdout
}
const addresses: Readonly<Record<string, string>> = { alder: '10.77.0.11', birch: '10.77.0.12', cedar: '10.77.0.13' }

/** What the test looked up on the host beside the agent's probe, which reads files alone. */
let rules: FirewallFacts
let tool: FirewallFacts['tool']

async function look(name: string) {
  const text = (command: string) => shell(name, command)
  rules = {
    tool,
    because: 'the test says so',
    iptables: tool === 'iptables' ? await text('iptables -S') : null,
    iptablesBackend: null,
    nft: tool === 'iptables' ? null : await text('nft list ruleset'),
    isPersistent: true,
  }
}

type Peers = Readonly<Record<string, string>>
const two = { web1: '10.77.0.1', web2: '10.77.0.13' }
const three = { ...two, web3: '198.51.100.7' }

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

const stateOf = async (name: string) =>
  shell(
    name,
    `${tool === 'iptables' ? 'iptables -S' : 'nft list ruleset'}
find /etc/pollux /etc/iptables /etc/systemd/system /etc/nftables.conf 2>/dev/null | sort
cat /etc/iptables/rules.v4 2>/dev/null; exit 0`,
  )

const reset = `iptables -P INPUT ACCEPT; iptables -P FORWARD ACCEPT; iptables -F; iptables -X; nft flush ruleset
systemctl disable -q pollux-cloud-firewall.service 2>/dev/null
rm -rf /etc/pollux /etc/iptables /etc/systemd/system/nftables.service.d /etc/systemd/system/pollux-cloud-firewall.service`

/** Runs steps as the change's supervisor does, without the change around them, so that many rule sets can be tried. */
async function run(name: string, steps: readonly Step[]) {
  const lines = steps.flatMap((step) => {
    if (step.kind === 'file') return [written(step.path, step.after?.bytes ?? null)]
    return step.kind === 'run' ? [fed(step.run, step.input)] : []
  })
  await ok(name, ['sh'], lines.join('\n'))
}

async function takeBack(name: string, steps: readonly Step[]) {
  const lines = steps.toReversed().flatMap((step) => {
    if (step.kind === 'file') return [written(step.path, step.before?.bytes ?? null)]
    if (step.kind !== 'run' || !('run' in step.undo)) return []
    return [fed(step.undo.run, step.undo.input), ...(step.isUndone ? [fed(step.isUndone)] : [])]
  })
  await ok(name, ['sh'], lines.join('\n'))
}

/** A line of a script: the command with its input; the script ends where it fails. */
function fed(argv: readonly string[], input = ''): string {
  const bytes = Buffer.from(input, 'latin1').toString('base64')
  const words = argv.map(shellQuote).join(' ')
  return `echo ${bytes} | base64 -d | ${words} || { echo ${shellQuote(argv.slice(3).join(' '))} failed >&2; exit 1; }`
}

function written(path: string, bytes: string | null): string {
  const folder = path.replace(/\/[^/]*$/, '')
  if (bytes === null) return `rm -f ${path}; rmdir ${folder} 2>/dev/null || :`
  return `mkdir -p ${folder}; ${fed(['tee', path], bytes).replace(' ||', ' >/dev/null ||')}`
}

async function ok(name: string, argv: readonly string[], input?: string) {
  const { code, stdout, stderr } = await hostExec(name, [...argv], input === undefined ? {} : { input })
  expect(`${code} ${stderr}`, stdout).toBe('0 ')
}

async function planned(name: string, peers: Peers) {
  await look(name)
  const found = await shell(
    name,
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
  const sides = sidesTo(host, addresses[name] ?? '', peers)
  return { host, sides, steps: firewallPart(host, mesh, sides, ids).steps }
}

/** Plans, runs, and sees that a second plan is empty, also on what was predicted. */
async function bring(name: string, peers: Peers): Promise<Step[]> {
  const { host, sides, steps } = await planned(name, peers)
  await run(name, steps)
  expect((await planned(name, peers)).steps.map((step) => step.title)).toEqual([])
  const files = filesAfter(
    host.facts.files,
    steps.flatMap((step) => (step.kind === 'file' ? [step] : [])),
  )
  const predicted = { ...host, facts: { ...host.facts, ...firewallAfter(host, guardedOf(mesh.tag, sides), files) } }
  expect(firewallPart(predicted, mesh, sides, ids).steps.map((step) => step.title)).toEqual([])
  expect(firewallDrift(predicted, guardedOf(mesh.tag, sides))).toEqual([])
  return steps
}

/** The first of several styles; all where all is asked for. */
const some = (styles: Readonly<Record<string, string>>) => Object.entries(styles).slice(0, isLong ? undefined : 1)

/** From nothing to two peers, three, two, none, with ways back between; each leaves what it should, letter by letter. */
async function wholeWay(name: string, look: (peers: number) => Promise<void>) {
  const before = await stateOf(name)
  const toTwo = await bring(name, two)
  const withTwo = await stateOf(name)
  await look(2)
  await takeBack(name, toTwo)
  expect(await stateOf(name)).toBe(before)
  // Its undo is asked also where it did nothing, and where it was done already.
  await takeBack(name, toTwo)
  expect(await stateOf(name)).toBe(before)
  await bring(name, two)
  const toThree = await bring(name, three)
  await look(3)
  await takeBack(name, toThree)
  expect(await stateOf(name)).toBe(withTwo)
  await bring(name, three)
  await bring(name, two)
  expect(await stateOf(name)).toBe(withTwo)
  const toNone = await bring(name, {})
  expect(await stateOf(name)).toBe(before)
  await takeBack(name, toNone)
  expect(await stateOf(name)).toBe(withTwo)
  await bring(name, {})
  expect(await stateOf(name)).toBe(before)
}

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
  beforeEach(async ({ skip }) => {
    skip(!has(name), `${name} is not up`)
    tool = 'iptables'
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
    await wholeWay(name, async (peers) => {
      if (peers === 2) await knock(addresses[name] ?? '')
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
    await bring(name, two)
    await knock(addresses[name] ?? '')
    const counted = async () => {
      const text = await shell(name, 'iptables-save -c -t filter')
      return text.split('\n').find((line) => line.includes('-s 10.77.0.1/32 -j POLLUX-cloud-in-peer'))
    }
    expect(await counted()).toMatch(/^\[1:29\] /)
    await bring(name, three)
    await bring(name, two)
    expect(await counted()).toMatch(/^\[1:29\] /)
  })

  it('shows as drift when somebody empties a chain', async () => {
    await bring(name, two)
    await shell(name, 'iptables -F INPUT')
    const { host, sides } = await planned(name, two)
    expect(firewallDrift(host, guardedOf(mesh.tag, sides))).toMatchObject([{ seen: 'not jumped to from both chains' }])
  })

  it('comes back by its loader where nothing of the admin’s keeps rules', async () => {
    await shell(name, 'rm /etc/iptables/rules.v4')
    await bring(name, two)
    const withTwo = await shell(name, 'iptables -S')
    expect(await shell(name, 'systemctl is-enabled pollux-cloud-firewall.service')).toBe('enabled\n')
    await shell(name, 'iptables -F; iptables -X; systemctl start pollux-cloud-firewall.service')
    expect(await shell(name, 'iptables -S')).toBe(withTwo)
    await shell(name, 'systemctl restart pollux-cloud-firewall.service')
    expect(await shell(name, 'iptables -S')).toBe(withTwo)
    await bring(name, {})
    expect(await shell(name, 'ls -d /etc/pollux /etc/systemd/system/pollux-* 2>/dev/null; exit 0')).toBe('')
  })
})

const nftStyles = {
  'a closed policy': `table inet filter {
  chain input { type filter hook input priority 0; policy drop;
    iif lo accept
    ct state established,related accept
    tcp dport 22 accept
  }
  chain output { type filter hook output priority 0; policy accept; }
}`,
  'a reject at the end': `table ip own { set admins { type ipv4_addr; elements = { 10.77.0.1 } }
  chain rest { reject with icmp type host-prohibited
  }
  chain to_me { type filter hook input priority 10; policy accept;
    ct state vmap { established : accept, related : accept, invalid : drop }
    ip saddr @admins tcp dport 22 accept
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
    tcp dport 22 accept
    ct state established accept
    drop
  }
}`,
  'nothing at all': '',
} as const

describe.each(['birch'] as const)('nftables on %s', (name) => {
  beforeEach(async ({ skip }) => {
    skip(!has(name), `${name} is not up`)
    tool = 'nftables'
    await hostExec(name, ['sh', '-c', reset])
  })
  afterEach(async () => {
    await hostExec(name, ['sh', '-c', `${reset}; systemctl disable -q --now nftables; systemctl daemon-reload`])
  })

  it.each(some(nftStyles))('lets the mesh in before %s, and goes without a trace', async (style, text) => {
    await ok(name, ['nft', '-f', '-'], text)
    const closed = { 'a closed policy': 1, 'a reject at the end': 2, 'chains as of docker': 1, 'nothing at all': 0 }
    await wholeWay(name, async () => {
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
      const before = await stateOf(name)
      await bring(name, two)
      const withTwo = await stateOf(name)
      expect(withTwo).toContain('jump pollux_cloud_in')
      for (const verb of ['reload', 'restart', 'reload']) {
        await shell(name, `systemctl daemon-reload; systemctl ${verb} nftables`)
        const { host, sides } = await planned(name, two)
        expect(firewallDrift(host, guardedOf(mesh.tag, sides))).toEqual([])
        expect((await stateOf(name)).split('\n').toSorted()).toEqual(withTwo.split('\n').toSorted())
      }
      await shell(name, 'nft flush chain inet filter input')
      const { host, sides } = await planned(name, two)
      expect(firewallDrift(host, guardedOf(mesh.tag, sides))).toHaveLength(1)
      await shell(name, 'nft flush table inet filter; systemctl reload nftables')
      await bring(name, {})
      expect(await stateOf(name)).toBe(before)
      await shell(name, 'systemctl daemon-reload; systemctl reload nftables')
      expect(await stateOf(name)).toBe(before)
    } finally {
      await ok(name, ['sh', '-c', 'cat > /etc/nftables.conf'], own)
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

  async function begin(hostId: string, peers: Peers, fails: boolean) {
    await look(name)
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
  ] as const)('is taken back where it fails, stands, and is reverted: %s', async (which, style) => {
    tool = which
    const lab = running.find((one) => one.name === name)
    if (!lab) throw new Error(`expected ${name} to run`)
    const { id } = await makeLabHost(test.current().db, lab)
    await shell(name, style)
    const before = await stateOf(name)
    const failed = await begin(id, two, true)
    expect(failed.outcome, failed.text).toBe('reverted')
    expect(await stateOf(name)).toBe(before)
    const applied = await begin(id, two, false)
    expect(applied.outcome, applied.text).toBe('applied')
    expect(applied.text).toContain('web1 (10.77.0.1): IP in IP passes inside IPsec and not outside it')
    const back = await end(await revertChange(ctx, { changeId: applied.changeId }))
    expect(back.outcome, back.text).toBe('applied')
    expect(await stateOf(name)).toBe(before)
  })
})
