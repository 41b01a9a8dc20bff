import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { isInside } from '@/e2e/lab/inside'
import { hostExec, type LabHost, labHosts } from '@/e2e/lab/lab'
import { createSshPool, type SshTarget, scanHostKeys, testConnection } from '.'
import { failureOf } from './testing/failure-of'

// From outside the lab's wire its addresses are somebody else's.
const hosts = new Map(isInside() ? labHosts().map((host) => [host.name, host]) : [])
const pool = createSshPool()
afterAll(() => pool.close())

/** Runs for a host that is up; says so and skips for one that is not. */
function on(name: string, title: string, test: (host: LabHost) => Promise<void>): void {
  const host = hosts.get(name)
  if (!host) console.warn(`ssh to ${name} skipped: the lab host is not up`)
  it.skipIf(!host)(`${name}: ${title}`, async () => {
    if (host) await test(host)
  })
}

function targetOf(host: LabHost, parts: Partial<SshTarget> = {}): SshTarget {
  const jump = host.jump === undefined ? undefined : hosts.get(host.jump)
  return {
    hostId: `${host.name} ${parts.user}`,
    name: host.name,
    address: host.address,
    port: host.port,
    user: 'root',
    auth: { kind: 'key', privateKey: readFileSync(host.keys.rsa, 'utf8') },
    hostKeys: host.hostKeys.map(({ line, fingerprint }) => {
      const [algorithm = '', key = ''] = line.split(' ')
      return { algorithm, key, fingerprint }
    }),
    profile: 'modern',
    privilege: 'root',
    jump: jump && targetOf(jump),
    revision: JSON.stringify(parts),
    ...parts,
  }
}

const root = { privileged: true }

describe('logins and root on real hosts', () => {
  for (const name of ['alder', 'birch', 'cedar']) {
    on(name, 'root by sudo without and with a password, by a login with a password', async (host) => {
      for (const user of host.users.filter(({ privilege }) => privilege.startsWith('sudo'))) {
        const sudoPassword = user.password
        const target = targetOf(host, { user: user.name, privilege: 'sudo', sudoPassword })
        for (let i = 0; i < 2; i++) {
          const result = await pool.script(target, 'id -u; cat; printf end', root)
          expect([result.stdout.toString(), result.stderr]).toEqual(['0\nend', ''])
        }
        const run = await pool.run(target, ['cat'], { ...root, input: 'given' })
        expect(run.stdout.toString()).toBe('given')
      }
    })
  }

  on('alder', 'a wrong password, none, and a user who may not', async (host) => {
    const refusal = async (user: string, sudoPassword?: string) =>
      (await failureOf(pool.script(targetOf(host, { user, privilege: 'sudo', sudoPassword }), ':', root))).data.refusal
    expect(await refusal('ops', 'wrong')).toBe('wrong-password')
    expect(await refusal('ops')).toBe('password-needed')
    expect(await refusal('guest', host.users.find(({ name }) => name === 'guest')?.password)).toBe('not-allowed')
  })

  for (const name of ['alder', 'birch', 'cedar', 'oldnas']) {
    on(name, 'ends a command that takes too long', async (host) => {
      const target = targetOf(host, name === 'oldnas' ? { profile: 'legacy' } : {})
      const nap = randomInt(10_000, 1_000_000)
      const result = await pool.script(target, `printf begun; sleep ${nap}; :`, { timeoutMs: 3000 })
      expect([result.timedOut, result.stdout.toString()]).toEqual([true, 'begun'])
      const seen = async () =>
        (await hostExec(name, ['sh', '-c', 'cat /proc/[0-9]*/cmdline'])).stdout.includes(`${nap}`)
      await expect.poll(seen, { timeout: 15_000 }).toBe(false)
      expect(await pool.run(target, ['true'])).toMatchObject({ exitCode: 0 })
    })
  }
})

describe('hosts that are not plain', () => {
  for (const [name, profile] of [
    ['oldnas', 'legacy'],
    ['legacy', 'legacy'],
    ['inner', 'modern'],
    ['hostile', 'modern'],
    ['umber', 'modern'],
    ['sienna', 'modern'],
  ] as const) {
    on(name, `keys found, every step of the connection test, ${profile} profile`, async (host) => {
      const target = targetOf(host, { profile })
      const { address, port, jump, hostKeys } = target
      const found = await scanHostKeys({ address, port, jump, profile })
      expect(new Set(found.map((key) => key.fingerprint))).toEqual(new Set(hostKeys.map((key) => key.fingerprint)))
      const report = await testConnection(target)
      expect(report.stages.filter((stage) => stage.state !== 'ok')).toEqual([])
    })
  }

  on('legacy', 'the legacy profile is suggested and not taken', async (host) => {
    const report = await testConnection(targetOf(host))
    expect(report).toMatchObject({ ok: false, suggestedProfile: 'legacy' })
  })
})
