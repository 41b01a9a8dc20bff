import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bootFiles, bootOf, nonlocalText, waitText } from './boot'
import { NONLOCAL_PATH, waitPath } from './paths'
import { factsWith } from './testing/facts-with'

const unit = 'postfix@-.service'
const wait = waitPath(unit)
const knobs = (four: boolean | null, six: boolean | null = four) => ({ nonlocalBind: { 4: four, 6: six } })

describe('what happens at boot now', () => {
  it.each<[string, Record<string, string>, ReturnType<typeof knobs>, string]>([
    ['as the package has it', {}, knobs(false), 'fail'],
    ['nobody tells of knobs', {}, knobs(null), 'fail'],
    ['our file has systemd wait', { [wait]: waitText(['192.0.2.1']) }, knobs(false), 'wait'],
    ['our file lets programs bind', { [NONLOCAL_PATH]: nonlocalText() }, knobs(false), 'nonlocal'],
    ['somebody else lets programs bind', {}, knobs(true, false), 'nonlocal'],
    ['both are there', { [wait]: waitText(['192.0.2.1']) }, knobs(true), 'wait'],
  ])('%s', (_, files, more, boot) => {
    const { facts, instance } = factsWith(files, more)
    expect(bootOf(facts, instance)).toBe(boot)
    expect(bootOf(facts, { ...instance, unit: null })).not.toBe('wait')
  })
})

describe('the files for a choice', () => {
  const wanted = (choice: 'fail' | 'wait' | 'nonlocal', files: Record<string, string>, more = knobs(false)) => {
    const { facts, instance } = factsWith(files, more)
    return [...bootFiles(choice, facts, instance, ['192.0.2.1'])]
  }
  const text = waitText(['192.0.2.1'])
  const ours = { [NONLOCAL_PATH]: nonlocalText() }

  it('fail: neither, and ours go', () => {
    expect(wanted('fail', {})).toEqual([[wait, null]])
    expect(wanted('fail', ours)).toEqual([
      [wait, null],
      [NONLOCAL_PATH, null],
    ])
  })

  it('wait: the drop-in', () => expect(wanted('wait', {})).toEqual([[wait, text]]))

  it('nonlocal: the sysctl file, unless somebody else sees to it', () => {
    expect(wanted('nonlocal', {})).toEqual([
      [wait, null],
      [NONLOCAL_PATH, nonlocalText()],
    ])
    expect(wanted('nonlocal', {}, knobs(true))).toEqual([[wait, null]])
    expect(wanted('nonlocal', ours, knobs(true))).toContainEqual([NONLOCAL_PATH, nonlocalText()])
  })

  it('wait for nothing where nothing is bound, and without systemd for nobody', () => {
    const { facts, instance } = factsWith({})
    expect([...bootFiles('wait', facts, instance, [])]).toEqual([[wait, null]])
    expect([...bootFiles('nonlocal', facts, { ...instance, unit: null }, [])].map(([path]) => path)).toEqual([
      NONLOCAL_PATH,
    ])
  })
})

it('waits for each address, a minute at most, and has systemd begin anew', () => {
  expect(waitText(['2001:db8::9', '192.0.2.1'])).toBe(waitText(['192.0.2.1', '2001:db8::9']))
  const lines = waitText(['192.0.2.1', '2001:db8::9']).split('\n')
  const [start = ''] = lines.filter((line) => line.startsWith('ExecStartPre='))
  expect(start).toBe(
    `ExecStartPre=+/bin/sh -c 'n=0; until ip -o addr show to 192.0.2.1 | grep -q . && ip -o addr show to 2001:db8::9 | grep -q .; do n=$$((n + 1)); [ "$$n" -lt 60 ] || exit 0; sleep 1; done'`,
  )
  expect(lines).toEqual(
    expect.arrayContaining(['[Unit]', '[Service]', 'StartLimitIntervalSec=0', 'Restart=on-failure', 'RestartSec=15']),
  )
  expect(lines.indexOf('StartLimitIntervalSec=0')).toBeLessThan(lines.indexOf('[Service]'))
})

describe('the drop-in, as systemd and the shell take it', () => {
  let dir = ''
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'pollux-boot-'))
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))
  const text = waitText(['192.0.2.1', '2001:db8::9'])

  it.skipIf(spawnSync('systemd-analyze', ['--version']).status !== 0)('has nothing that systemd complains of', () => {
    mkdirSync(join(dir, `${unit}.d`))
    writeFileSync(join(dir, unit), '[Unit]\nDescription=Mail\n[Service]\nType=forking\nExecStart=/bin/true\n')
    const verify = (dropIn: string) => {
      writeFileSync(join(dir, `${unit}.d/50-pollux-addresses.conf`), dropIn)
      const done = spawnSync('systemd-analyze', ['verify', '--man=no', join(dir, unit)], { encoding: 'utf8' })
      return done.stdout + done.stderr
    }
    expect(verify(text)).toBe('')
    expect(verify(text.replace('RestartSec=15', 'RestartSec=soon'))).toContain('Failed to parse')
  })

  /** Runs it with an `ip` of ours that shows an address after so many sleeps; how it ended, and what it slept. */
  const slept = (afterSleeps: number) => {
    const program = (name: string, script: string) => {
      writeFileSync(join(dir, name), `#!/bin/sh\n${script}\n`)
      chmodSync(join(dir, name), 0o755)
    }
    const seen = join(dir, 'seen')
    writeFileSync(seen, '')
    program('ip', `[ "$(wc -l < ${seen})" -lt ${afterSleeps} ] || echo "1: lo inet $5"`)
    program('sleep', `echo "$1" >> ${seen}`)
    const [, script = ''] = /^ExecStartPre=\+\/bin\/sh -c '(.*)'$/m.exec(text) ?? []
    const env = { ...process.env, PATH: `${dir}:${process.env.PATH}` }
    const done = spawnSync('sh', ['-c', script.replaceAll('$$', '$')], { env, encoding: 'utf8', timeout: 15_000 })
    return [done.status, done.stderr, readFileSync(seen, 'utf8')]
  }

  it.each([
    ['does not wait for what is there', 0, 0],
    ['waits until it is', 3, 3],
    ['waits a minute, then has Postfix say what is wrong', 1000, 59],
  ])('%s', (_, afterSleeps, seconds) => expect(slept(afterSleeps)).toEqual([0, '', '1\n'.repeat(seconds)]))
})
