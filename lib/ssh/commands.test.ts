import { randomBytes, randomInt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createSshPool } from './pool'
import { failureOf } from './testing/failure-of'
import { skipReason } from './testing/skip-reason'
import { startSshd, type TestSshd, whyNoSshd } from './testing/start-sshd'
import type { SshPool } from './types'

describe.skipIf(skipReason(whyNoSshd()))('commands on a real sshd', () => {
  let sshd: TestSshd
  let pool: SshPool

  beforeAll(async () => {
    sshd = await startSshd()
    pool = createSshPool()
  })
  afterAll(async () => {
    await pool?.close()
    await sshd?.stop()
  })

  it('keeps each word of an argv', async () => {
    const words = ['a b', "it's", '$(id)', '`id`', '\\', '!', '-n', 'ä€', 'two\nlines', '']
    const result = await pool.run(sshd.target(), ['printf', '%s\\0', ...words])
    expect(result.stdout.toString().split('\0').slice(0, -1)).toEqual(words)
    expect(result).toMatchObject({ exitCode: 0, stderr: '', truncated: false, timedOut: false, canceled: false })
  })

  it('gives input byte by byte, and the exit code and standard error as they are', async () => {
    const input = randomBytes(3_000_000)
    const result = await pool.run(sshd.target(), ['cat'], { input })
    expect(result.stdout.equals(input)).toBe(true)
    const failed = await pool.run(sshd.target(), ['sh', '-c', 'printf oops >&2; exit 7'])
    expect(failed).toMatchObject({ exitCode: 7, stderr: 'oops', signal: null })
    expect(await pool.run(sshd.target(), ['no-such-program'])).toMatchObject({ exitCode: 127 })
  })

  it('says which signal ended a command', async () => {
    expect(await pool.run(sshd.target(), ['sh', '-c', 'kill -9 $$'])).toMatchObject({
      exitCode: null,
      signal: 'SIGKILL',
    })
  })

  it('runs scripts in the C locale with a fixed PATH and nothing on standard input', async () => {
    const result = await pool.script(sshd.target(), 'printf "%s|%s|" "$LC_ALL" "$PATH"; cat; printf end; exit 3')
    expect(result.stdout.toString()).toMatch(/^C\|\/usr\/local\/sbin:[^|]*:\/bin[^|]*\|end$/)
    expect(result.exitCode).toBe(3)
  })

  it('takes an empty script, one of comments, and one of 1 MB', async () => {
    for (const sh of ['', '# nothing', `: '${'x'.repeat(1_000_000)}'`]) {
      expect(await pool.script(sshd.target(), sh)).toMatchObject({ exitCode: 0, stderr: '' })
    }
    await expect(pool.script(sshd.target(), 'a\0b')).rejects.toMatchObject({ code: 'invalid' })
  })

  it('ends a command that takes too long, with what it wrote so far', async () => {
    const nap = randomInt(10_000, 1_000_000)
    const result = await pool.script(sshd.target(), `printf begun; exec sleep ${nap}`, { timeoutMs: 6000 })
    expect(result).toMatchObject({ timedOut: true, canceled: false, exitCode: null })
    expect(result.stdout.toString()).toBe('begun')
    await untilGone(pool, sshd, `sleep ${nap}`)
  })

  it('ends a command that is canceled, also before it begins', async () => {
    const abort = new AbortController()
    const nap = randomInt(10_000, 1_000_000)
    const result = await pool.script(sshd.target(), `printf begun; exec sleep ${nap}`, {
      signal: abort.signal,
      onStdout: () => abort.abort(),
    })
    expect(result).toMatchObject({ timedOut: false, canceled: true, exitCode: null })
    expect(result.stdout.toString()).toBe('begun')
    await untilGone(pool, sshd, `sleep ${nap}`)
    const marker = `${sshd.dir}/never`
    expect(await pool.run(sshd.target(), ['touch', marker], { signal: abort.signal })).toMatchObject({ canceled: true })
    expect(await pool.run(sshd.target(), ['ls', marker])).toMatchObject({ exitCode: 2 })
  })

  it('keeps what fits of too much output and ends the command', async () => {
    const result = await pool.run(sshd.target(), ['cat', '/dev/zero'], { maxBytes: 100_000 })
    expect([result.stdout.length, result.truncated, result.exitCode]).toEqual([100_000, true, null])
    const exact = await pool.run(sshd.target(), ['head', '-c', '1000', '/dev/zero'], { maxBytes: 1000 })
    expect([exact.stdout.length, exact.truncated, exact.exitCode]).toEqual([1000, false, 0])
    const errors = await pool.script(sshd.target(), 'head -c 300000 /dev/zero >&2; printf done')
    expect([errors.stderr.length, errors.stdout.toString()]).toEqual([65_536, 'done'])
  })

  it('does not wait for a process left behind that holds the output open', async () => {
    const result = await pool.script(sshd.target(), 'sleep 30 & printf "%s" "$!"; exit 4')
    expect([result.exitCode, result.timedOut]).toEqual([4, false])
    await pool.run(sshd.target(), ['kill', result.stdout.toString()])
  })

  it('passes on what the caller does wrong while it reads, and lives on', async () => {
    const onStdout = () => {
      throw new RangeError('mine')
    }
    await expect(pool.run(sshd.target(), ['printf', 'x'], { onStdout })).rejects.toThrow('mine')
    expect(await pool.run(sshd.target(), ['true'])).toMatchObject({ exitCode: 0 })
  })
})

describe.skipIf(skipReason(whyNoSshd()))('logins that are not plain', () => {
  it('keeps what start-up files print out of the output', async () => {
    const sshd = await startSshd({
      config: ['SetEnv BASH_ENV=/dev/null', 'ForceCommand printf "Welcome\\n"; eval "$SSH_ORIGINAL_COMMAND"'],
    })
    const pool = createSshPool()
    onTestFinished(() => end(pool, sshd))
    const result = await pool.run(sshd.target(), ['printf', 'own'])
    expect(result.stdout.toString()).toBe('own')
    expect((await pool.script(sshd.target(), 'printf own')).stdout.toString()).toBe('own')
  })

  it('tells a login that runs no commands, with what it says', async () => {
    const sshd = await startSshd({ config: ['ForceCommand echo This account is not available; exit 1'] })
    const pool = createSshPool()
    onTestFinished(() => end(pool, sshd))
    const failure = await failureOf(pool.run(sshd.target(), ['true']))
    expect([failure.code, failure.data.stage]).toEqual(['unreachable', 'shell'])
    expect(failure.userMessage).toContain('This account is not available')
  })
})

async function end(pool: SshPool, sshd: TestSshd): Promise<void> {
  await pool.close()
  await sshd.stop()
}

/** Waits, by asking the host, until no process has these words. */
async function untilGone(pool: SshPool, sshd: TestSshd, words: string): Promise<void> {
  // The bracket keeps the loop from finding itself.
  const pattern = `[${words[0]}]${words.slice(1)}`
  const sh = `while pgrep -fx '${pattern}' >/dev/null; do sleep 0.05; done`
  expect(await pool.script(sshd.target(), sh, { timeoutMs: 10_000 })).toMatchObject({ timedOut: false })
}
