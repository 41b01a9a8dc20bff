import { afterAll, describe, expect } from 'vitest'
import { agents } from '@/agents/registry'
import { hostExec, type LabHost } from '@/e2e/lab/lab'
import { createSshPool } from '@/lib/ssh'
import { labTarget, onLabHost } from '@/lib/ssh/testing/on-lab-host'
import { type CheapFacts, cheapFactsOf, cheapProbes, deepFactsOf, deepProbes } from './host/host-facts'
import { needsOf } from './needs'
import { readFacts } from './run-probes'
import type { FactsSession } from './run-script'
import { readOnlyShell } from './testing/local-session'

const pool = createSshPool()
afterAll(() => pool.close())

function on(name: string, title: string, test: (session: FactsSession) => Promise<void>): void {
  onLabHost(name, title, (host) => test(sessionOf(host)))
}

function sessionOf(host: LabHost): FactsSession {
  const target = labTarget(host)
  return { script: (sh, options) => pool.script(target, sh, options) }
}

async function cheapOf(session: FactsSession): Promise<CheapFacts> {
  const run = await readFacts(session, cheapProbes)
  expect([run.roundTrips, run.problems]).toEqual([1, []])
  return cheapFactsOf(run)
}

/** Each fact's name with why it was not read; those that a host may well lack left out. */
function unread(facts: object): string[] {
  return Object.entries(facts)
    .filter(([, found]) => found.state === 'not-read' && found.why !== 'absent')
    .map(([name, found]) => `${name}: ${found.why}: ${found.detail}`)
}

describe('the cheap tier in one round trip', () => {
  for (const [name, release] of [
    ['alder', 'Debian'],
    ['birch', 'Debian'],
    ['cedar', 'Debian'],
  ] as const) {
    on(name, 'every fact, whatever its shell is', async (session) => {
      const facts = await cheapOf(session)
      expect(unread(facts)).toEqual([])
      expect(facts).toMatchObject({
        os: { value: { id: 'debian', name: expect.stringContaining(release) } },
        kernel: { value: { hostname: name } },
        init: { value: { system: 'systemd' } },
        services: { value: { manager: 'systemd' } },
        fileSystems: { value: { local: expect.arrayContaining([expect.objectContaining({ mount: '/' })]) } },
        addresses: { value: expect.arrayContaining([expect.objectContaining({ name: 'eth0', state: 'up' })]) },
      })
    })
  }

  on('oldnas', 'what busybox alone can tell', async (session) => {
    const facts = await cheapOf(session)
    expect(unread(facts)).toEqual([])
    expect(facts).toMatchObject({
      init: { value: { system: 'busybox' } },
      services: { value: { manager: 'none', failed: null } },
      addresses: { value: expect.arrayContaining([expect.objectContaining({ name: 'eth0' })]) },
      memory: { state: 'read' },
    })
  })

  on('umber', 'a virtual machine with disks of its own', async (session) => {
    const facts = await cheapOf(session)
    expect(unread(facts)).toEqual([])
    expect(facts).toMatchObject({
      hardware: { value: { kind: 'virtual', platform: 'uml' } },
      init: { value: { system: 'systemd' } },
      disks: { value: expect.arrayContaining([expect.objectContaining({ name: 'sda', rotational: true })]) },
    })
  })

  on('sienna', 'sysvinit and ifupdown', async (session) => {
    const facts = await cheapOf(session)
    expect(unread(facts)).toEqual([])
    expect(facts).toMatchObject({
      init: { value: { system: 'sysvinit' } },
      services: {
        value: { manager: 'sysv', services: expect.arrayContaining([expect.objectContaining({ name: 'ssh' })]) },
      },
      networkOwner: { value: { owner: 'ifupdown' } },
    })
  })

  on('hostile', 'nothing that it says runs or breaks out', async (session) => {
    const facts = await cheapOf(session)
    expect(facts.kernel.state).toBe('read')
    const deep = await readFacts(session, deepProbes)
    expect(deepFactsOf(deep)).toBeTypeOf('object')
    const pwned = await hostExec('hostile', ['find', '/', '-xdev', '-name', 'pwned'])
    expect(pwned.stdout.toString().trim()).toBe('')
  })
})

describe('the deep tier', () => {
  on('alder', 'what the host needs a person for', async (session) => {
    const cheap = await cheapOf(session)
    const run = await readFacts(session, deepProbes)
    expect([run.roundTrips, run.problems]).toEqual([1, []])
    const deep = deepFactsOf(run)
    expect(unread(deep)).toEqual([])
    const now = Date.now()
    const tier = <T>(facts: T) => ({ readAt: now, facts })
    const state = {
      name: 'alder',
      reach: { reached: true as const },
      cheap: tier(cheap),
      deep: tier(deep),
      previous: null,
    }
    const kinds = new Set(needsOf(state, now).map((need) => need.kind))
    for (const kind of ['units', 'reboot', 'updates', 'certificate']) expect(kinds).toContain(kind)
  })
})

// What Postfix itself writes while it is only there: who holds which lock, and its random numbers.
const everything = `
find / -xdev \\( -path /proc -o -path /sys -o -path /var/log -o -path /run -o -path /tmp -o -path /var/spool/postfix/pid -o -path /var/lib/postfix \\) -prune -o -printf '%p %s %m %T@ %C@\\n' | sort
ip -o addr; ip route; ss -Hlntu | awk '{print $1, $5}' | sort
systemctl list-units --all --plain --no-legend --no-pager --type=service,socket,mount 2>/dev/null | awk '{print $1, $3}' | grep -v ^session
`

/** All that Pollux asks a host: its own questions, and those of each agent. */
const probes = [...cheapProbes, ...deepProbes, ...agents.map((agent) => agent.probe)]

// A plain host, and one on which the agents find what they know.
describe.each(['alder', 'maple'])('reading cannot write', (name) => {
  on(name, 'files, addresses, sockets and units are the same before and after', async (session) => {
    const before = await hostExec(name, ['sh', '-c', everything])
    const run = await readFacts(session, probes)
    expect(run.problems).toEqual([])
    const after = await hostExec(name, ['sh', '-c', everything])
    expect(after.stdout.toString()).toBe(before.stdout.toString())
  })

  on(name, 'every probe goes through where every file system is read-only', async () => {
    const session: FactsSession = {
      script: async (sh, { onStdout }) => {
        const ran = await hostExec(name, readOnlyShell, { input: `{\n${sh}\n} </dev/null\n` })
        const stdout = Buffer.from(ran.stdout)
        onStdout(stdout)
        return { exitCode: ran.code, stdout, stderr: ran.stderr, timedOut: false, truncated: false, canceled: false }
      },
    }
    const run = await readFacts(session, probes)
    expect([run.problems, unread(run.results)]).toEqual([[], []])
  })
})
