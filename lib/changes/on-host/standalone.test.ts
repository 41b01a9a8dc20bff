import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { HostCheck, Plan, Step } from '@/lib/agent'
import type { HostWork } from './host-work'
import { standaloneScript } from './standalone-script'
import { hostFixture, shells } from './testing/host-fixture'

const host = hostFixture()
const { fileStep, knobStep, runStep, work, put, at, knob, knobSays, stray } = host
const file = () => join(host.dir(), 'the plan.sh')
const left: ChildProcess[] = []

// Whoever still follows is ended, and so is the host that the folder stands for.
afterEach(() => {
  for (const child of left.splice(0)) child.kill('SIGKILL')
})

function planOf(of: HostWork, more: Partial<Plan> = {}): Plan {
  return {
    agent: { id: 'test', version: 1 },
    title: of.title,
    summary: 'It writes.',
    phases: of.phases.map((steps, index) => ({
      id: `p${index}`,
      title: `Phase ${index}`,
      hosts: [{ hostId: 'h', steps }],
    })),
    checks: of.checks,
    basis: [{ hostId: 'h', name: 'file a.conf', value: 'old' }],
    findings: [],
    guard: null,
    nothingToDo: null,
    ...more,
  }
}

function write(of: HostWork, more: Partial<Plan> = {}): void {
  const plan = planOf(of, more)
  const text = standaloneScript({ work: of, plan, digest: 'd'.repeat(64), hostId: 'h', hostNames: { h: 'birch' } })
  writeFileSync(file(), text)
}

const part = (steps: Step[], checks: HostCheck[] = [], more: Partial<HostWork> = {}) => {
  const folder = 'abcdefgh-7-script'
  return work(steps, checks, { folder, directory: join(host.dir(), 'state/changes', folder), ...more })
}

function proof(expect: HostCheck['expect']): HostCheck {
  const read = { file: join(host.dir(), 'knob') }
  return { id: 'k', hostId: 'h', title: 'knob', weight: 'must', timeoutS: 10, read, expect }
}

/** All that Pollux could have left: the lock, what runs at boot, staged siblings. */
function traces(): string[] {
  const inRoot = existsSync(join(host.dir(), 'state')) ? readdirSync(join(host.dir(), 'state')) : []
  const units = spawnSync('find', [join(host.dir(), 'sys'), '-name', '*pollux*'], { encoding: 'utf8' }).stdout
  return [...inRoot.filter((name) => name !== 'changes'), ...stray(), ...units.split('\n').filter(Boolean)]
}

describe.runIf(process.getuid?.() === 0).each(shells)('with %s', (...[program = 'sh', ...options]: string[]) => {
  const sh = (...words: string[]) => {
    const done = spawnSync(program, [...options, file(), ...words], { encoding: 'utf8', timeout: 30_000, input: '' })
    return { code: done.status, said: done.stdout + done.stderr }
  }

  it('does all of it, says that nothing is left to do, and takes it back byte for byte', () => {
    put('a.conf', 'old\n')
    knob('none')
    const of = part(
      [
        fileStep('a.conf', 'old\n', "new\nit's 100 %\\ -n\n\u00c3\u00a9\r\n"),
        fileStep('b.conf', null, '-n made\n'),
        knobStep('fast', 'none'),
        runStep(['sh', '-c', 'cat; printf "out %s\\n" "$1"', 'x', "it's"], { input: 'in\n' }),
      ],
      [proof({ equals: 'fast' })],
    )
    write(of)
    const shown = sh('--show')
    expect(shown).toMatchObject({ code: 0, said: expect.stringContaining('All is still as the plan found it.') })
    expect([existsSync(of.root), at('a.conf'), knobSays()]).toEqual([false, 'old\n', 'none'])

    const done = sh()
    expect(done.said).toContain('Done and proved')
    expect(done.said).toContain("out it's")
    expect(done.code).toBe(0)
    expect(readFileSync(join(host.dir(), 'etc/a.conf'), 'latin1')).toBe("new\nit's 100 %\\ -n\n\u00c3\u00a9\r\n")
    expect([at('b.conf'), knobSays(), traces()]).toEqual(['-n made\n', 'fast', []])

    expect(sh()).toMatchObject({ code: 0, said: expect.stringContaining('Nothing to do') })
    const undone = sh('undo')
    expect(undone).toMatchObject({ code: 0, said: expect.stringContaining('All is as it was before.') })
    expect([at('a.conf'), existsSync(join(host.dir(), 'etc/b.conf')), knobSays()]).toEqual(['old\n', false, 'none'])
    expect(statSync(join(host.dir(), 'etc/a.conf')).mode & 0o777).toBe(0o640)
    expect(traces()).toEqual([])
    expect(sh('undo')).toMatchObject({ code: 0, said: expect.stringContaining('taken back already') })
    expect(sh()).toMatchObject({ code: 0 })
  })

  it('is taken back by the line that lies on the host, when the file is gone', () => {
    put('a.conf', 'old\n')
    const of = part([fileStep('a.conf', 'old\n', 'new\n')])
    write(of)
    expect([sh().code, at('a.conf')]).toEqual([0, 'new\n'])
    rmSync(file())
    const undone = spawnSync(program, [...options, `${of.directory}/undo`], { encoding: 'utf8' })
    expect([undone.status, at('a.conf'), traces()]).toEqual([0, 'old\n', []])
  })

  it('takes all back when a step fails, and when the proof says no', () => {
    put('a.conf', 'old\n')
    knob('none')
    write(part([fileStep('a.conf', 'old\n', 'new\n'), runStep(['false'])]))
    expect(sh()).toMatchObject({ code: 1, said: expect.stringContaining('step 2 failed') })
    expect([at('a.conf'), traces()]).toEqual(['old\n', []])
    write(part([fileStep('a.conf', 'old\n', 'new\n')], [proof({ equals: 'fast' })]))
    expect(sh()).toMatchObject({ code: 1, said: expect.stringContaining('the proof failed: knob') })
    expect([at('a.conf'), traces()]).toEqual(['old\n', []])
  })

  it('refuses, touching nothing, where something is not as planned', () => {
    put('a.conf', 'edited\n')
    put('b.conf', 'there\n')
    knob('slow')
    const of = part([fileStep('a.conf', 'old\n', 'new\n'), fileStep('b.conf', null, 'x'), knobStep('fast', 'none')])
    write(of)
    for (const words of [[], ['--show']]) {
      const { code, said } = sh(...words)
      expect(code).toBe(1)
      expect(said).toContain('a.conf is no longer as the plan found it')
      expect(said).toContain('b.conf is there already')
      expect(said).toContain('no longer says none')
    }
    expect([at('a.conf'), existsSync(of.root)]).toEqual(['edited\n', false])
  })

  it('refuses what was changed since it was applied, and keeps that edit in its undo', () => {
    put('a.conf', 'old\n')
    write(part([fileStep('a.conf', 'old\n', 'new\n')]))
    sh()
    put('a.conf', 'theirs\n')
    expect(sh()).toMatchObject({ code: 1, said: expect.stringContaining('changed since') })
    expect(sh('undo')).toMatchObject({ code: 1, said: expect.stringContaining('somebody else') })
    expect([at('a.conf'), traces()]).toEqual(['theirs\n', []])
  })

  it('holds the lock while it runs, and respects that of others', async () => {
    put('a.conf', 'old\n')
    const of = part([fileStep('a.conf', 'old\n', 'new\n')])
    write(of)
    const lock = join(of.root, 'lock')
    spawnSync('mkdir', ['-p', lock])
    writeFileSync(join(lock, 'owner'), 'otherpollux-9 boot 1\n')
    for (const words of [[], ['undo']]) expect(sh(...words).code).toBe(1)
    expect(sh()).toMatchObject({ said: expect.stringContaining('locked by another change (otherpollux-9') })
    expect([at('a.conf'), existsSync(lock), existsSync(of.directory)]).toEqual(['old\n', true, false])
    rmSync(lock, { recursive: true })
    const seen = join(host.dir(), 'seen')
    write(part([runStep(['sh', '-c', `cat ${lock}/owner > ${seen}`])]))
    expect(sh().code).toBe(0)
    expect(readFileSync(seen, 'utf8')).toMatch(/^abcdefgh-7-script /)
  })

  it('is stopped and taken back by its undo while it runs', async () => {
    put('a.conf', 'old\n')
    write(part([fileStep('a.conf', 'old\n', 'new\n'), runStep(['sleep', '2']), runStep(['true'])]))
    const child = spawn(program, [...options, file()], { stdio: 'ignore' })
    left.push(child)
    await expect.poll(() => at('a.conf'), { timeout: 10_000 }).toBe('new\n')
    expect(sh('undo')).toMatchObject({ code: 0 })
    expect([at('a.conf'), traces()]).toEqual(['old\n', []])
  })

  it('leaves nothing of titles, paths and bytes to the shell', () => {
    const pwned = join(host.dir(), 'pwned')
    const evil = `x\n$(touch ${pwned})\n\`touch ${pwned}\`'; touch ${pwned} #\n\u202e\x1b[31m`
    const name = "b '$(id)\\;.conf"
    const bytes = Buffer.from(evil, 'utf8').toString('latin1')
    const of = part([fileStep(name, null, bytes, { title: evil }), runStep(['printf', '\x1b]0;evil\x07'])], [], {
      title: evil,
    })
    write(of, { title: evil, summary: evil, guard: null })
    expect(sh('--show').code).toBe(0)
    const done = sh()
    expect(done.code).toBe(0)
    expect(done.said).not.toContain('\x1b')
    expect(readFileSync(join(host.dir(), 'etc', name), 'utf8')).toBe(evil)
    expect(sh('undo').code).toBe(0)
    expect([existsSync(pwned), existsSync(join(host.dir(), 'etc', name))]).toEqual([false, false])
  })

  it('runs nothing when it is cut anywhere', () => {
    put('a.conf', 'old\n')
    const of = part([fileStep('a.conf', 'old\n', 'new\n')])
    write(of)
    const whole = readFileSync(file(), 'utf8')
    const ends = Array.from({ length: 24 }, (_, cut) => whole.length - 2 - cut)
    for (const length of [whole.length / 3, whole.length / 2, ...ends]) {
      writeFileSync(file(), whole.slice(0, length))
      sh()
      expect([at('a.conf'), existsSync(of.root)]).toEqual(['old\n', false])
    }
  })

  it('refuses when it is not root, and when it is no file', () => {
    write(part([fileStep('a.conf', null, 'new\n')]))
    spawnSync('chmod', ['-R', 'a+rX', host.dir()])
    const script = readFileSync(file())
    const other = spawnSync(program, [...options, file()], { uid: 65534, gid: 65534, encoding: 'utf8' })
    expect([other.status, other.stderr]).toEqual([1, 'This must run as root. Nothing was touched.\n'])
    const piped = spawnSync(program, options, { input: script, encoding: 'utf8', cwd: host.dir() })
    expect([piped.status, piped.stderr]).toEqual([1, expect.stringContaining('Save this as a file')])
    expect(existsSync(join(host.dir(), 'state'))).toBe(false)
  })

  describe('guarded', () => {
    const guard = { why: 'Reach could be lost.', outlasts: [] }
    const begin = () => {
      put('a.conf', 'old\n')
      const of = part([fileStep('a.conf', 'old\n', 'new\n')], [], { confirms: 'by hand', deadlineS: 40 })
      write(of, { guard })
      const child = spawn(program, [...options, file()], { stdio: ['ignore', 'pipe', 'ignore'] })
      left.push(child)
      let said = ''
      child.stdout?.on('data', (chunk: Buffer) => {
        said += chunk.toString()
      })
      const code = new Promise<number | null>((done) => child.on('exit', done))
      return { of, said: () => said, code }
    }
    const answer = (text: string) =>
      spawnSync(program, [...options, file(), 'confirm'], { input: text, encoding: 'utf8', timeout: 30_000 })

    it('waits for a person, and stands when he says yes', async () => {
      const { said, code } = begin()
      await expect.poll(said, { timeout: 15_000 }).toContain('log in ANEW')
      expect(answer('no\n')).toMatchObject({ status: 1 })
      expect(answer('yes\n')).toMatchObject({ status: 0 })
      expect([await code, at('a.conf'), traces()]).toEqual([0, 'new\n', []])
    })

    it('goes back at its deadline when nobody says so', async () => {
      const { of, said, code } = begin()
      await expect.poll(said, { timeout: 15_000 }).toContain('log in ANEW')
      expect(existsSync(join(host.dir(), 'sys/etc/systemd/system/pollux-boot.service'))).toBe(true)
      const [until = '', boot = ''] = readFileSync(`${of.directory}/deadline`, 'utf8').trim().split(' ')
      writeFileSync(`${of.directory}/deadline`, `${Number(until) - 40} ${boot}\n`)
      expect([await code, at('a.conf'), traces()]).toEqual([1, 'old\n', []])
      expect(answer('yes\n')).toMatchObject({ status: 1 })
    })
  })
})

it('says which hosts go in which order', () => {
  const of = part([fileStep('a.conf', null, 'x')])
  const plan = planOf(of)
  const phases = [
    { id: 'off', title: 'Take off', hosts: [{ hostId: 'a', steps: [runStep(['true'])] }] },
    { id: 'on', title: 'Put on', hosts: [{ hostId: 'h', steps: [runStep(['true'])] }] },
  ]
  const hostNames = { h: 'birch', a: 'alder' }
  const text = standaloneScript({ work: of, plan: { ...plan, phases }, digest: 'd', hostId: 'h', hostNames })
  expect(text).toContain('#   phase 1, Take off: alder\n#   phase 2, Put on: birch\n')
})

it('is clean for checkbashisms, and reads the files as they are', ({ skip }) => {
  const of = part([fileStep('a.conf', 'one\ntwo\n', 'one\nthree\n'), knobStep('a', 'b')], [], { confirms: 'by hand' })
  write(of, { guard: { why: 'w', outlasts: [] } })
  expect(readFileSync(file(), 'utf8')).toContain("new_1() {\nput 'one\nthree\n'\n}")
  if (spawnSync('checkbashisms', ['--version']).status !== 0) skip('checkbashisms is not installed')
  const found = spawnSync('checkbashisms', ['-f', file()], { encoding: 'utf8' })
  expect(found.stdout + found.stderr).toBe('')
})
