import { execFileSync, spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createSshPool } from './pool'
import { readSudoRefusal } from './sudo-refusal'
import { testConnection } from './test-connection'
import { failureOf } from './testing/failure-of'
import { skipReason } from './testing/skip-reason'
import { startSshd, type TestSshd, whyNoSshd } from './testing/start-sshd'
import type { SshPool, SshTarget } from './types'

const secret = 'open sesame'
const users = ['deploy', 'ops', 'guest', 'tied']

function whyNoSudo(): string | null {
  if (!existsSync('/usr/bin/sudo') || !existsSync('/etc/sudoers')) return 'sudo is not installed'
  if (spawnSync('unshare', ['--mount', 'true']).status !== 0) return 'a mount namespace of its own is not allowed'
  return whyNoSshd()
}

// Users and sudoers that only this sshd sees: files bound over /etc in a mount namespace, gone with the daemon.
function prepare(dir: string): void {
  const hash = execFileSync('openssl', ['passwd', '-6', secret], { encoding: 'utf8' }).trim()
  const add = (name: string, line: (user: string, id: number) => string) =>
    writeFileSync(
      join(dir, name),
      `${readFileSync(`/etc/${name}`, 'utf8')}${users.map((user, i) => line(user, 4000 + i)).join('')}`,
    )
  add('passwd', (user, id) => `${user}:x:${id}:${id}::${dir}:/bin/bash\n`)
  add('group', (user, id) => `${user}:x:${id}:\n`)
  add('shadow', (user) => `${user}:${hash}:19000:0:99999:7:::\n`)
  const rules = [
    `Defaults logfile=${dir}/sudo.log`,
    'Defaults !syslog',
    'Defaults:tied requiretty',
    'deploy ALL=(ALL) NOPASSWD: ALL',
    'ops ALL=(ALL) ALL',
    'tied ALL=(ALL) NOPASSWD: ALL',
  ]
  writeFileSync(join(dir, 'sudoers'), `${rules.join('\n')}\n`, { mode: 0o440 })
  mkdirSync(join(dir, 'bin'))
  for (const program of ['env', 'sh']) symlinkSync(`/usr/bin/${program}`, join(dir, 'bin', program))
}

const wrapper = (dir: string) => [
  'unshare',
  ...['--mount', '--propagation', 'private', 'sh', '-c'],
  'd=$1; shift; for f in passwd group shadow sudoers; do mount --bind "$d/$f" "/etc/$f"; done; exec "$@"',
  ...['sh', dir],
]

describe.skipIf(skipReason(whyNoSudo()))('sudo', () => {
  let sshd: TestSshd
  let pool: SshPool
  const as = (user: string, parts: Partial<SshTarget> = {}) =>
    sshd.target({ hostId: user, user, privilege: 'sudo', revision: JSON.stringify(parts), ...parts })
  const root = { privileged: true }

  beforeAll(async () => {
    sshd = await startSshd({
      hostKeyTypes: ['ed25519'],
      prepare,
      wrapper,
    })
    pool = createSshPool()
  })
  afterEach(() => pool.close())
  afterAll(() => sshd?.stop())

  it('runs scripts and commands as root where it asks for nothing', async () => {
    const script = await pool.script(as('deploy'), 'id -u; cat', root)
    expect([script.stdout.toString(), script.stderr, script.exitCode]).toEqual(['0\n', '', 0])
    const run = await pool.run(as('deploy'), ['sh', '-c', 'id -u; cat; exit 9'], { ...root, input: 'given' })
    expect([run.stdout.toString(), run.exitCode]).toEqual(['0\ngiven', 9])
    expect((await pool.script(as('deploy'), 'id -u')).stdout.toString()).not.toBe('0\n')
  })

  it('never gives a password away where none is asked for, and from then on asks no more', async () => {
    const trap = join(sshd.dir, 'trap')
    const target = as('deploy', { sudoPassword: `touch ${trap}` })
    const how = `tr '\\0' ' ' < /proc/$PPID/cmdline`
    const first = await pool.script(target, how, root)
    const second = await pool.script(target, how, root)
    expect(first.stdout.toString()).toMatch(/sudo -k -S -p pollux-password-/)
    expect(second.stdout.toString()).toMatch(/sudo -k -n -- /)
    await pool.run(target, ['cat'], { ...root, input: 'x' })
    expect(existsSync(trap)).toBe(false)
  })

  it('gives the password when asked, and the script and the input after it', async () => {
    const target = as('ops', { sudoPassword: secret })
    const script = await pool.script(target, 'id -u; cat', root)
    expect([script.stdout.toString(), script.stderr, script.exitCode]).toEqual(['0\n', '', 0])
    const run = await pool.run(target, ['sh', '-c', 'id -u; cat; printf e >&2'], { ...root, input: 'given' })
    expect([run.stdout.toString(), run.stderr]).toEqual(['0\ngiven', 'e'])
  })

  it('gives a wrong password once and says so', async () => {
    const failure = await failureOf(pool.script(as('ops', { sudoPassword: 'wrong pass' }), 'id -u', root))
    expect(failure).toMatchObject({ code: 'forbidden', data: { stage: 'privilege', refusal: 'wrong-password' } })
    expect(JSON.stringify([failure.message, failure.userMessage, failure.data])).not.toContain('wrong pass')
    await expect.poll(() => readFileSync(join(sshd.dir, 'sudo.log'), 'utf8')).toMatch(/1 incorrect password attempt/)
    expect(readFileSync(join(sshd.dir, 'sudo.log'), 'utf8')).not.toMatch(/[2-9] incorrect password/)
  })

  it.each([
    ['ops', undefined, 'password-needed', /none is stored/],
    ['guest', secret, 'not-allowed', /may not become root/],
    ['guest', undefined, 'password-needed', /wants a password/],
    ['tied', undefined, 'tty-needed', /requiretty/],
  ])('tells why %s with password %s is refused: %s', async (user, sudoPassword, refusal, sentence) => {
    const failure = await failureOf(pool.script(as(user, { sudoPassword }), 'id -u', root))
    expect([failure.code, failure.data.refusal]).toEqual(['forbidden', refusal])
    expect(failure.userMessage).toMatch(sentence)
    const report = await testConnection(as(user, { sudoPassword }))
    expect(report.stages.filter((stage) => stage.state !== 'ok')).toMatchObject([
      { stage: 'privilege', state: 'failed' },
    ])
  })

  it('says when there is no sudo', async () => {
    const bare = await startSshd({
      hostKeyTypes: ['ed25519'],
      prepare,
      wrapper,
      config: (dir) => [`SetEnv PATH=${dir}/bin`],
    })
    onTestFinished(() => bare.stop())
    const failure = await failureOf(pool.script(bare.target({ user: 'deploy', privilege: 'sudo' }), 'id -u', root))
    expect(failure.data.refusal).toBe('missing')
  })

  it('refuses root where the host is set to work without', async () => {
    const failure = await failureOf(pool.script(as('deploy', { privilege: 'none' }), 'id -u', root))
    expect([failure.code, failure.data.stage]).toEqual(['forbidden', 'privilege'])
  })

  it('ends what root runs, too', async () => {
    const nap = randomInt(10_000, 1_000_000)
    const target = as('ops', { sudoPassword: secret })
    const abort = new AbortController()
    const result = await pool.script(target, `printf begun; sleep ${nap}; :`, {
      ...root,
      signal: abort.signal,
      onStdout: () => abort.abort(),
    })
    expect(result).toMatchObject({ canceled: true })
    await expect.poll(() => spawnSync('pgrep', ['-fx', `sleep ${nap}`]).status, { timeout: 10_000 }).toBe(1)
  })

  it('passes the whole connection test', async () => {
    const report = await testConnection(as('ops', { sudoPassword: secret }))
    expect(report.stages.filter((stage) => stage.state !== 'ok')).toEqual([])
  })
})

describe('readSudoRefusal', () => {
  it.each([
    ['sudo: sorry, you must have a tty to run sudo', 1, 'tty-needed'],
    ['sudo: no tty present and no askpass program specified', 1, 'tty-needed'],
    ['guest is not in the sudoers file.  This incident will be reported.', 1, 'not-allowed'],
    ["Sorry, user ops is not allowed to execute '/bin/sh' as root on alder.", 1, 'not-allowed'],
    ['sudo: 3 incorrect password attempts', 1, 'wrong-password'],
    ['sudo: a password is required', 1, 'password-needed'],
    ["env: 'sudo': No such file or directory", 127, 'missing'],
    ['sudo: unable to initialize policy plugin', 1, 'unknown'],
  ])('reads %j', (stderr, exitCode, refusal) => {
    expect(readSudoRefusal(stderr, exitCode)).toBe(refusal)
  })
})
