import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isBreakable, parseFootprint } from '../footprint'
import { breakLockScript, footprintExit, readFootprintScript, removeFootprintScript } from './footprint-script'
import type { HostWork } from './host-work'
import { hostFixture, shells } from './testing/host-fixture'
import { uploadExit } from './upload-script'
import { withdrawScript } from './watch-script'

const host = hostFixture()
const { fileStep, runStep, work, put, at, stray } = host
const root = () => join(host.dir(), 'state')
const lock = () => join(root(), 'lock')
const places = () => ({ roots: [root()], sys: join(host.dir(), 'sys') })

describe.each(shells)('with %s', (...shell: string[]) => {
  const { upload, run, runFile } = host.with(shell)
  const look = () => parseFootprint(run(readFootprintScript(places())).stdout)
  const own = (text: string) => {
    mkdirSync(lock(), { recursive: true })
    writeFileSync(join(lock(), 'owner'), text)
  }
  const breakIt = (owner: string) => run(breakLockScript(root(), owner, places().sys)).status
  const change = () => {
    put('a.conf', 'old\n')
    return work([fileStep('a.conf', 'old\n', 'new\n')])
  }
  const arm = (of: HostWork) => run(`. ${of.directory}/common; set_deadline 60; hook; mark armed`)

  it('finds nothing where nothing is', () => {
    expect(look()).toEqual({ roots: [], lock: null, folders: [], boot: [], staged: [] })
    expect(run(removeFootprintScript(places())).status).toBe(0)
  })

  it('tells of a lock whose it is and how far its change came', () => {
    const of = change()
    expect(upload(of).code).toBe(uploadExit.ready)
    const brought = look()
    expect(brought.lock).toMatchObject({
      holder: { instance: 'abcdefgh', changeId: 7, byScript: false },
      state: 'uploaded',
      isThisBoot: true,
    })
    expect(brought.lock?.ageS).toBeLessThan(60)
    expect(brought.folders).toMatchObject([{ name: 'abcdefgh-7', state: 'uploaded', title: '#7 A change' }])
    expect(brought.staged.map((path) => path.slice(path.lastIndexOf('/'))).toSorted()).toEqual([
      '/.pollux-abcdefgh-7-1.new',
      '/.pollux-abcdefgh-7-1.old',
    ])
    arm(of)
    expect(look().lock).toMatchObject({ state: 'armed' })
    expect(look().boot).toHaveLength(3)
    runFile(of, 'run')
    expect(look()).toMatchObject({ lock: null, boot: [], folders: [{ state: 'ended', outcome: 'applied' }] })
  })

  it.each(['', 'abcde', 'abcdefgh-7 boot', '$(id)-9 boot 1\n', '*\n', 'a b c d e f g\n'])(
    'takes the owner %j for none, and lets it be broken',
    (text) => {
      own(text)
      const found = look().lock
      expect(found).toMatchObject({ holder: null, state: 'no-owner' })
      // Just made, it may be one that is being taken.
      expect(found && isBreakable(found)).toBe(false)
      expect(found && isBreakable({ ...found, ageS: 90 })).toBe(true)
      expect(run(removeFootprintScript(places())).status).toBe(footprintExit.busy)
      expect([breakIt(found?.owner ?? '?'), existsSync(lock())]).toEqual([0, false])
    },
  )

  it('breaks a stale lock, with what was never started, and only the one that was seen', () => {
    own('otherone-9 boot 1\n')
    expect(look().lock).toMatchObject({ state: 'gone', isThisBoot: false })
    expect([breakIt('otherone-8 boot 1'), existsSync(lock())]).toEqual([footprintExit.changed, true])
    expect([breakIt('otherone-9 boot 1'), existsSync(lock())]).toEqual([0, false])
    expect(breakIt('otherone-9 boot 1')).toBe(footprintExit.changed)
    const of = change()
    upload(of)
    expect(breakIt(look().lock?.owner ?? '')).toBe(0)
    expect([existsSync(of.directory), stray(), existsSync(lock()), at('a.conf')]).toEqual([false, [], false, 'old\n'])
  })

  it('breaks no lock whose change is armed, and removes nothing then', () => {
    const of = change()
    upload(of)
    arm(of)
    expect(breakIt(look().lock?.owner ?? '')).toBe(footprintExit.busy)
    const refused = run(removeFootprintScript(places()))
    expect([refused.status, refused.stdout]).toEqual([footprintExit.busy, expect.stringContaining('abcdefgh-7')])
    // Also where somebody took the lock away.
    rmSync(lock(), { recursive: true })
    expect(run(removeFootprintScript(places())).status).toBe(footprintExit.busy)
    expect(existsSync(of.directory)).toBe(true)
  })

  it('breaks no lock under which a change is being brought', () => {
    const script = `read -r boot < /proc/sys/kernel/random/boot_id
stat=$(cat /proc/$$/stat); set -- \${stat##*) }
printf '%s %s 1 %s %s\\n' otherone-9 "$boot" $$ "\${20}" > ${lock()}/owner
`
    mkdirSync(lock(), { recursive: true })
    const inner = `${breakLockScript(root(), 'x', '')}`.replace(/\[ "\$\(clean.*\n/, '')
    expect(run(`${script}\n${inner}`).status).toBe(footprintExit.busy)
    // The process is gone now.
    expect(look().lock).toMatchObject({ state: 'gone' })
  })

  it('removes all of it, also what was staged by a change that never started', () => {
    const of = change()
    upload(of)
    runFile(of, 'run')
    const second = { ...work([fileStep('b.conf', null, 'x\n')]), folder: 'otherone-8' }
    upload({ ...second, directory: `${root()}/changes/otherone-8` })
    expect(stray()).toHaveLength(1)
    expect(run(removeFootprintScript(places())).status).toBe(0)
    expect([existsSync(root()), stray(), at('a.conf')]).toEqual([false, [], 'new\n'])
    const left = spawnSync('find', [host.dir(), '-name', '*pollux*', '-mindepth', '1'], { encoding: 'utf8' })
    expect(left.stdout).toBe('')
  })

  it('leaves what runs at boot until the last open change has ended', () => {
    const first = work([runStep(['true'])])
    upload(first)
    runFile(first, 'run')
    const second = { ...work([runStep(['true'])]), folder: 'abcdefgh-8', directory: `${root()}/changes/abcdefgh-8` }
    upload(second)
    arm(second)
    runFile(first, 'undo')
    expect(look().boot).toHaveLength(3)
    runFile(second, 'run')
    expect([look().boot, readdirSync(root())]).toEqual([[], ['changes']])
  })

  it('withdraws an upload that was cut anywhere, and no lock of another', () => {
    const of = change()
    upload(of)
    // As if it had been killed before its folder was whole.
    rmSync(join(of.directory, 'journal'))
    writeFileSync(join(of.directory, 'common'), 'half() {')
    expect(run(withdrawScript(of)).status).toBe(0)
    expect([existsSync(of.directory), existsSync(lock())]).toEqual([false, false])
    own('otherone-9 boot 1\n')
    run(withdrawScript(of))
    expect(existsSync(lock())).toBe(true)
  })
})

it('is clean for checkbashisms', ({ skip }) => {
  if (spawnSync('checkbashisms', ['--version']).status !== 0) skip('checkbashisms is not installed')
  for (const script of [readFootprintScript(), removeFootprintScript(), breakLockScript('/var/lib/pollux', 'x')]) {
    const file = join(host.dir(), 'script.sh')
    writeFileSync(file, `#!/bin/sh\n${script}`)
    const found = spawnSync('checkbashisms', ['-f', file], { encoding: 'utf8' })
    expect(found.stdout + found.stderr).toBe('')
  }
})
