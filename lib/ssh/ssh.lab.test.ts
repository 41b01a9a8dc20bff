import { randomInt } from 'node:crypto'
import { afterAll, describe, expect } from 'vitest'
import { hostExec } from '@/e2e/lab/lab'
import { createSshPool, scanHostKeys, testConnection } from '.'
import { failureOf } from './testing/failure-of'
import { labTarget, onLabHost } from './testing/on-lab-host'

const pool = createSshPool()
afterAll(() => pool.close())

const root = { privileged: true }

describe('logins and root on real hosts', () => {
  for (const name of ['alder', 'birch', 'cedar']) {
    onLabHost(name, 'root by sudo without and with a password, by a login with a password', async (host) => {
      for (const user of host.users.filter(({ privilege }) => privilege.startsWith('sudo'))) {
        const sudoPassword = user.password
        const target = labTarget(host, { user: user.name, privilege: 'sudo', sudoPassword })
        for (let i = 0; i < 2; i++) {
          const result = await pool.script(target, 'id -u; cat; printf end', root)
          expect([result.stdout.toString(), result.stderr]).toEqual(['0\nend', ''])
        }
        const run = await pool.run(target, ['cat'], { ...root, input: 'given' })
        expect(run.stdout.toString()).toBe('given')
      }
    })
  }

  onLabHost('alder', 'a wrong password, none, and a user who may not', async (host) => {
    const refusal = async (user: string, sudoPassword?: string) =>
      (await failureOf(pool.script(labTarget(host, { user, privilege: 'sudo', sudoPassword }), ':', root))).data.refusal
    expect(await refusal('ops', 'wrong')).toBe('wrong-password')
    expect(await refusal('ops')).toBe('password-needed')
    expect(await refusal('guest', host.users.find(({ name }) => name === 'guest')?.password)).toBe('not-allowed')
  })

  for (const name of ['alder', 'birch', 'cedar', 'oldnas']) {
    onLabHost(name, 'ends a command that takes too long', async (host) => {
      const target = labTarget(host, name === 'oldnas' ? { profile: 'legacy' } : {})
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
    onLabHost(name, `keys found, every step of the connection test, ${profile} profile`, async (host) => {
      const target = labTarget(host, { profile })
      const { address, port, jump, hostKeys } = target
      const found = await scanHostKeys({ address, port, jump, profile })
      expect(new Set(found.map((key) => key.fingerprint))).toEqual(new Set(hostKeys.map((key) => key.fingerprint)))
      const report = await testConnection(target)
      expect(report.stages.filter((stage) => stage.state !== 'ok')).toEqual([])
    })
  }

  onLabHost('legacy', 'the legacy profile is suggested and not taken', async (host) => {
    const report = await testConnection(labTarget(host))
    expect(report).toMatchObject({ ok: false, suggestedProfile: 'legacy' })
  })
})
