import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hostExec, hostsForTests } from '@/e2e/lab/lab'
import { makeLabHost } from '@/e2e/make-lab-host'
import { parseAddress } from '@/lib/agent/ip-address'
import type { Ctx } from '@/lib/auth/actor'
import { setAgents } from '@/lib/changes/agents'
import { planChange } from '@/lib/changes/ask-change'
import { setGuardTimes } from '@/lib/changes/deadline'
import { approveChange } from '@/lib/changes/decide-change'
import { changesSettled } from '@/lib/changes/engine'
import { getChange } from '@/lib/changes/get-change'
import { listDrift } from '@/lib/changes/list-drift'
import { readAgentFacts } from '@/lib/changes/read-agent-facts'
import { revertChange } from '@/lib/changes/revert-change'
import { withTestStore } from '@/lib/db/test-store'
import { setAgentProbes } from '@/lib/reading/agent-probes'
import { readHost } from '@/lib/reading/read-host'
import { sshPool } from '@/lib/ssh'
import { makeUser } from '@/prisma/factories'
import { type FailoverDesired, failoverAgent, failoverFacts } from '.'
import { netplanPath, netplanText } from './netplan'

const running = hostsForTests()
const has = (name: string) => running.some((host) => host.name === name)
const test = withTestStore()
let ctx: Ctx

beforeEach(async () => {
  const user = await makeUser(test.current().db, { role: 'operator' })
  ctx = { actor: { kind: 'user', id: user.id, name: user.name, role: 'operator' }, requestId: 'test' }
  setAgents([failoverAgent])
  setAgentProbes([failoverAgent.probe])
  setGuardTimes({ slackS: 30, marginS: 5, betweenLoginsS: 0 })
})
afterEach(async () => {
  await changesSettled()
  await sshPool().close()
})

const shell = async (name: string, script: string) => {
  const { code, stdout, stderr } = await hostExec(name, ['sh', '-c', script])
  if (code !== 0) throw new Error(`${name}: ${script}: ${code} ${stderr}`)
  return stdout
}
const addressesOf = (name: string) => shell(name, 'ip -o addr show dev eth0')
/** All that a change may touch, byte for byte, and what the kernel has. */
const stateOf = (name: string) =>
  shell(
    name,
    // After the link was down the kernel looks for a duplicate of its own address once more.
    `while ip -o -6 addr show dev eth0 | grep -q tentative; do sleep 0.1; done
for f in $(find /etc/network /etc/systemd/network /etc/netplan -type f | sort); do echo "== $f $(stat -c '%a %U %G' "$f")"; cat "$f"; done
find /etc/network /etc/systemd/network /etc/netplan | sort
ip -o addr show dev eth0; ip route; ip -6 route`,
  )

/** From the lab's own end of the wire, by a route of its own to the bridge, as a router would. */
async function outside(...argv: [string, ...string[]]): Promise<{ ok: boolean; out: string }> {
  const [program, ...words] = argv
  return promisify(execFile)(program, words).then(
    ({ stdout }) => ({ ok: true, out: stdout }),
    (error: Error & { stdout?: string }) => ({ ok: false, out: `${error.stdout}${error.message}` }),
  )
}
async function answers(address: string): Promise<boolean> {
  const host = address.replace(/\/.*/, '')
  await outside('ip', 'route', 'replace', address, 'dev', 'lab0')
  const socket = connect({ host, port: 22 })
  const [greeting] = await once(socket, 'data', { signal: AbortSignal.timeout(10_000) })
  socket.destroy()
  return String(greeting).startsWith('SSH-')
}

async function add(name: string): Promise<string> {
  const lab = running.find((host) => host.name === name)
  if (!lab) throw new Error(`expected ${name} to run`)
  return (await makeLabHost(test.current().db, lab)).id
}

async function factsOf(hostId: string) {
  const [reading] = await readAgentFacts(ctx, 'failover-ip', [hostId])
  if (!reading || reading.problem) throw new Error(reading?.problem ?? 'no reading')
  return failoverFacts.parse(reading.facts)
}

const plan = (hostIds: string[], desired: FailoverDesired) =>
  planChange(ctx, { agentId: 'failover-ip', desired, hostIds })

async function planned(hostIds: string[], desired: FailoverDesired): Promise<number> {
  const made = await plan(hostIds, desired)
  if (!('changeId' in made)) throw new Error(made.nothingToDo)
  return made.changeId
}

async function apply(changeId: number) {
  const { digest } = await getChange(ctx, changeId)
  await approveChange(ctx, { changeId, digest })
  await changesSettled()
  return getChange(ctx, changeId)
}

async function revert(changeId: number) {
  const made = await revertChange(ctx, { changeId })
  if (!('changeId' in made)) throw new Error(made.nothingToDo)
  return apply(made.changeId)
}

const cases = [
  ['fir', '203.0.113.9/32', '/etc/network/interfaces.d/pollux-failover-203-0-113-9'],
  ['fir', '2001:db8::9/128', '/etc/network/interfaces.d/pollux-failover-2001-db8--9'],
  ['rowan', '198.51.100.7/32', '/etc/network/interfaces'],
  ['rowan', '2001:db8:0:1::7/128', '/etc/network/interfaces'],
  ['hazel', '203.0.113.8/32', '/etc/systemd/network/10-eth0.network.d/50-pollux-failover-203-0-113-8.conf'],
  ['hazel', '2001:db8::8/128', '/etc/systemd/network/10-eth0.network.d/50-pollux-failover-2001-db8--8.conf'],
] as const

const bringUp = {
  fir: 'systemctl restart networking',
  rowan: 'systemctl restart networking',
  hazel:
    'networkctl reload; systemctl restart systemd-networkd; /lib/systemd/systemd-networkd-wait-online --timeout=20 -i eth0',
}

describe.each(cases.filter(([name]) => has(name)))('%s, %s', (name, address, path) => {
  it('is put on now and at every boot, shows drift, and is taken back byte for byte', async () => {
    const before = await stateOf(name)
    const hostId = await add(name)
    const desired: FailoverDesired = {
      operation: 'add',
      address,
      to: { hostId, device: 'eth0' },
      keep: 'boot',
      announce: true,
    }
    const changeId = await planned([hostId], desired)
    const change = await apply(changeId)
    expect(change).toMatchObject({ state: 'ended', outcome: 'applied' })
    expect(change.proofs.filter((proof) => proof.verdict !== 'yes')).toEqual([])
    expect(await addressesOf(name)).toContain(` ${address} `)
    expect(await shell(name, `cat ${path}`)).toContain(address)
    expect(await plan([hostId], desired)).toHaveProperty('nothingToDo')

    expect(await answers(address)).toBe(true)

    // What the host's own programs make of the file.
    await shell(name, `ip addr del ${address} dev eth0`)
    await shell(name, bringUp[name])
    expect(await addressesOf(name)).toContain(` ${address} `)
    expect(await plan([hostId], desired)).toHaveProperty('nothingToDo')

    await shell(name, `ip addr del ${address} dev eth0`)
    await readHost(ctx, { hostId, tier: 'cheap' })
    expect(await listDrift(ctx, hostId)).toMatchObject([
      { changeId, what: `${address} on eth0`, expected: 'there', seen: 'not there' },
    ])
    await shell(name, `ip addr add ${address} dev eth0`)

    expect(await revert(changeId)).toMatchObject({ outcome: 'applied' })
    expect(await stateOf(name)).toBe(before)
  })
})

describe.skipIf(!has('fir'))('fir', () => {
  const address = '203.0.113.30/32'
  const wish = (hostId: string): FailoverDesired => ({
    operation: 'add',
    address,
    to: { hostId, device: 'eth0', label: 'eth0:mail' },
    keep: 'boot',
    announce: true,
  })

  it('tells what holds its network', async () => {
    const facts = await factsOf(await add('fir'))
    expect(facts.devices.find((device) => device.name === 'eth0')).toMatchObject({ stack: 'ifupdown' })
    expect(facts).toMatchObject({ hasIp: true, hasArping: true, hasPing: true, logins: ['10.77.0.21'] })
  })

  it('brings up the alias alone by its file', async () => {
    const before = await stateOf('fir')
    const hostId = await add('fir')
    const changeId = await planned([hostId], wish(hostId))
    expect(await apply(changeId)).toMatchObject({ outcome: 'applied' })
    await shell('fir', `ip addr del ${address} dev eth0; ifup eth0:mail`)
    expect(await addressesOf('fir')).toMatch(/ 203\.0\.113\.30\/32 .*eth0:mail\\/)
    await shell('fir', 'ifdown eth0:mail; ip addr add 203.0.113.30/32 dev eth0 label eth0:mail')
    expect(await revert(changeId)).toMatchObject({ outcome: 'applied' })
    expect(await stateOf('fir')).toBe(before)
  })

  it('takes all back when the address does not stay', async () => {
    const before = await stateOf('fir')
    const hostId = await add('fir')
    const changeId = await planned([hostId], wish(hostId))
    // Told by the kernel, and before all others, as the proof comes some hundredths of a second later.
    const thief = `ip monitor address dev eth0 | while read -r line; do
  case $line in *' ${address} '*) ;; *) continue;; esac
  until [ -e /etc/network/interfaces.d/pollux-failover-203-0-113-30 ]; do :; done
  ip addr del ${address} dev eth0; break
done`
    await shell('fir', `setsid -f nice -n -20 sh -c "${thief.replaceAll('$', '\\$')}" >/dev/null 2>&1 </dev/null`)
    await shell('fir', 'until pgrep -f "^ip monitor address" >/dev/null; do sleep 0.1; done')
    const change = await apply(changeId)
    expect(change).toMatchObject({ state: 'ended', outcome: 'reverted' })
    expect(await stateOf('fir')).toBe(before)
  })

  it('refuses a device of another name and a label that is a command', async () => {
    const hostId = await add('fir')
    const bad = (over: object) => plan([hostId], { ...wish(hostId), ...over } as FailoverDesired)
    await expect(bad({ to: { hostId, device: '$(touch /tmp/pwned)' } })).rejects.toMatchObject({ code: 'invalid' })
    await expect(bad({ to: { hostId, device: 'eth9' } })).rejects.toMatchObject({ code: 'invalid' })
    await expect(bad({ to: { hostId, device: 'eth0', label: 'eth0:`id`' } })).rejects.toMatchObject({ code: 'invalid' })
    await expect(bad({ address: '203.0.113.30/32; id' })).rejects.toMatchObject({ code: 'invalid' })
    await expect(bad({ address: '10.77.0.21/24' })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('edits a file whose name and text are commands, and runs none of them', async () => {
    const before = await stateOf('fir')
    const hostId = await add('fir')
    const name = 'x$(touch pwned)`touch pwned`'
    const text =
      "# '; touch /tmp/pwned; $(touch /tmp/pwned)\nauto eth0:h\niface eth0:h inet static\n\taddress 203.0.113.31/32\n"
    await hostExec('fir', ['sh', '-c', 'cat > "/etc/network/interfaces.d/$1"', 'sh', name], { input: text })
    await shell('fir', 'ip addr add 203.0.113.31/32 dev eth0 label eth0:h')
    const changeId = await planned([hostId], {
      operation: 'remove',
      address: '203.0.113.31/32',
      from: { hostId, device: 'eth0' },
      keep: 'boot',
    })
    expect(await apply(changeId)).toMatchObject({ outcome: 'applied' })
    const left = await hostExec('fir', ['cat', `/etc/network/interfaces.d/${name}`])
    expect(left.stdout).toBe("# '; touch /tmp/pwned; $(touch /tmp/pwned)\n")
    expect(await shell('fir', 'find / -xdev -name pwned')).toBe('')
    await hostExec('fir', ['rm', `/etc/network/interfaces.d/${name}`])
    expect(await stateOf('fir')).toBe(before)
  })
})

describe.skipIf(!has('fir'))('netplan', () => {
  it('reads and joins what is written for it, by its own generator', async () => {
    const address = parseAddress('203.0.113.50/32')
    if (!address) throw new Error('expected an address')
    const uplink = `network:
  version: 2
  renderer: networkd
  ethernets:
    uplink:
      match: {macaddress: "52:54:00:00:00:01"}
      set-name: eth0
      addresses: [198.51.100.5/24]
`
    const ours = netplanText(address, { id: 'uplink', section: 'ethernets' })
    const tree = '/tmp/netplan/etc/netplan'
    await shell('fir', `rm -rf /tmp/netplan; mkdir -p ${tree}`)
    await hostExec('fir', ['sh', '-c', `cat > ${tree}/50-cloud-init.yaml`], { input: uplink })
    await hostExec('fir', ['sh', '-c', `cat > /tmp/netplan${netplanPath(address)}`], { input: ours })
    await shell('fir', `chmod 600 ${tree}/*; netplan generate --root-dir /tmp/netplan`)
    const made = await shell(
      'fir',
      'cat /tmp/netplan/run/systemd/network/10-netplan-uplink.network; rm -rf /tmp/netplan',
    )
    expect(made).toContain('Address=198.51.100.5/24\nAddress=203.0.113.50/32\n')
  })
})

describe.skipIf(!has('fir') || !has('rowan'))('between fir and rowan', () => {
  const address = '203.0.113.40/32'
  const mark = ' 203.0.113.40/32 '

  it('does not take an address that a host outside the plan holds', async () => {
    const before = await stateOf('fir')
    const hostId = await add('fir')
    await shell('rowan', `ip addr add ${address} dev eth0`)
    try {
      const changeId = await planned([hostId], {
        operation: 'add',
        address,
        to: { hostId, device: 'eth0' },
        keep: 'boot',
        announce: true,
      })
      const change = await apply(changeId)
      expect(change).toMatchObject({ outcome: 'reverted' })
      expect(await stateOf('fir')).toBe(before)
    } finally {
      await shell('rowan', `ip addr del ${address} dev eth0`)
    }
  })

  it('moves there and back, never on both, and the neighbours learn of it', async () => {
    const [fir, rowan] = [await add('fir'), await add('rowan')]
    const before = { fir: await stateOf('fir'), rowan: await stateOf('rowan') }
    const added = await planned([fir, rowan], {
      operation: 'add',
      address,
      to: { hostId: fir, device: 'eth0' },
      keep: 'boot',
      announce: true,
    })
    expect(await apply(added)).toMatchObject({ outcome: 'applied' })
    const atFir = { fir: await stateOf('fir'), rowan: await stateOf('rowan') }
    expect(await answers(address)).toBe(true)
    const macs = { fir: await macOf('fir'), rowan: await macOf('rowan') }
    expect(await neighbour(address)).toContain(macs.fir)

    const move: FailoverDesired = {
      operation: 'move',
      address,
      from: { hostId: fir, device: 'eth0' },
      to: { hostId: rowan, device: 'eth0' },
      keep: 'boot',
      announce: true,
    }
    const stop = await watchAddresses()
    const moved = await planned([fir, rowan], move)
    const change = await apply(moved)
    expect(change).toMatchObject({ state: 'ended', outcome: 'applied' })
    // Before anybody asked again: the announcement alone.
    expect(await neighbour(address)).toContain(macs.rowan)
    expect(await addressesOf('fir')).not.toContain(mark)
    expect(await addressesOf('rowan')).toContain(mark)
    expect(await answers(address)).toBe(true)
    expect(await plan([fir, rowan], move)).toHaveProperty('nothingToDo')

    expect(await revert(moved)).toMatchObject({ outcome: 'applied' })
    const seen = await stop()
    expect(seen.map(({ host, there }) => `${host} ${there}`)).toEqual([
      'fir false',
      'rowan true',
      'rowan false',
      'fir true',
    ])
    expect({ fir: await stateOf('fir'), rowan: await stateOf('rowan') }).toEqual(atFir)
    expect(await neighbour(address)).toContain(macs.fir)
    expect(await revert(added)).toMatchObject({ outcome: 'applied' })
    expect({ fir: await stateOf('fir'), rowan: await stateOf('rowan') }).toEqual(before)
  })

  it('goes back to the donor when the receiver cannot take it', async () => {
    const [fir, rowan] = [await add('fir'), await add('rowan')]
    await shell('fir', `ip addr add ${address} dev eth0 label eth0:0`)
    const before = { fir: await stateOf('fir'), rowan: await stateOf('rowan') }
    const move = await planned([fir, rowan], {
      operation: 'move',
      address,
      from: { hostId: fir, device: 'eth0' },
      to: { hostId: rowan, device: 'eth0' },
      keep: 'boot',
      announce: true,
    })
    const thief = `until ip -o addr show dev eth0 | grep -q '${mark}'; do :; done; ip addr del ${address} dev eth0`
    await shell('rowan', `setsid -f sh -c "${thief}" >/dev/null 2>&1 </dev/null`)
    const stop = await watchAddresses()
    expect(await apply(move)).toMatchObject({ outcome: 'reverted' })
    const seen = await stop()
    expect(seen.map(({ host, there }) => `${host} ${there}`)).toEqual([
      'fir false',
      'rowan true',
      'rowan false',
      'fir true',
    ])
    expect({ fir: await stateOf('fir'), rowan: await stateOf('rowan') }).toEqual(before)
    await shell('fir', `ip addr del ${address} dev eth0`)
  })

  const macOf = async (name: string) => (await shell(name, 'cat /sys/class/net/eth0/address')).trim()
  const neighbour = async (cidr: string) =>
    (await outside('ip', 'neigh', 'show', cidr.replace(/\/.*/, ''), 'dev', 'lab0')).out

  /** Follows the kernel's own messages on both hosts (one clock); the end gives every coming and going, in order. */
  async function watchAddresses() {
    const names = ['fir', 'rowan'] as const
    for (const name of names) {
      await shell(
        name,
        'setsid -f sh -c "echo \\$\\$ > /tmp/watch.pid; exec ip -o -ts monitor address" > /tmp/watch 2>&1 </dev/null; until [ -s /tmp/watch.pid ]; do :; done',
      )
    }
    return async () => {
      const all = await Promise.all(
        names.map(async (host) => {
          const text = await shell(host, 'kill $(cat /tmp/watch.pid); cat /tmp/watch; rm -f /tmp/watch /tmp/watch.pid')
          const lines = text.split('\n').filter((line) => line.includes(mark))
          return lines.map((line) => ({ at: line.slice(0, 30), host, there: !line.includes('Deleted') }))
        }),
      )
      return all.flat().toSorted((a, b) => (a.at < b.at ? -1 : 1))
    }
  }
})
