import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { processesWith } from '@/lib/ssh/testing/processes-with'
import { skipReason } from '@/lib/ssh/testing/skip-reason'
import type { HostWork } from './host-work'
import { hostFixture, shells } from './testing/host-fixture'
import { uploadExit } from './upload-script'
import { cancelScript, moreTimeScript, watchExit, watchScript, withdrawScript } from './watch-script'

const host = hostFixture()
const { fileStep, knobStep, runStep, work, put, at, knob, knobSays, stray } = host
const patient = { timeout: 15_000, interval: 100 }

const mayNotMount = skipReason(process.getuid?.() === 0 ? null : 'a small disk has to be mounted, which takes root')

/** Two phases that write a file each, and wait to be told at the barrier and at the end. */
function inTwoPhases(more: Partial<HostWork> = {}): HostWork {
  put('a.conf', 'old\n')
  put('b.conf', 'old\n')
  const phases = [[fileStep('a.conf', 'old\n', 'new\n')], [fileStep('b.conf', 'old\n', 'new\n')]]
  return work([], [], { phases, confirms: 'when told', ...more })
}

describe.each(shells)('with %s', (...shell: string[]) => {
  const { upload, run, runFile, startFile, outcome, journal } = host.with(shell)
  const reached = (of: HostWork, state: string) =>
    expect.poll(() => existsSync(`${of.directory}/state/${state}`), patient).toBe(true)
  // What busybox's timeout leaves behind asks once a second whether there is somebody to end, and takes for him what
  // init has not reaped yet (kill(2) finds zombies); an init that looks every two seconds was met.
  const nothingLeftOf = async (word: string) => {
    expect(processesWith(word).filter((line) => !line.startsWith('timeout '))).toEqual([])
    await expect.poll(() => processesWith(word), { timeout: 5_000 }).toEqual([])
  }
  const ends = (of: HostWork, how: string) => expect.poll(() => outcome(of), patient).toEqual([`end.${how}`])

  it('waits at the barrier and for its confirmation, and is told both', async () => {
    const of = inTwoPhases()
    expect(upload(of).code).toBe(uploadExit.ready)
    startFile(of, 'run')
    await reached(of, 'phase.1')
    expect([at('a.conf'), at('b.conf'), outcome(of)]).toEqual(['new\n', 'old\n', []])
    expect(run(watchScript(of, 'go.2', 0, 'proved')).status).toBe(watchExit.reached)
    expect([at('b.conf'), outcome(of)]).toEqual(['new\n', []])
    expect(run(watchScript(of, 'confirm', 0, null)).status).toBe(watchExit.ended)
    expect(outcome(of)).toEqual(['end.applied'])
    expect([run(watchScript(of, 'confirm', 0, null)).status, stray()]).toEqual([watchExit.ended, []])
  })

  it('hears who stops it while it looks for its proof', async () => {
    put('a.conf', 'old\n')
    // Its reading waits until somebody writes.
    const pipe = join(host.dir(), 'pipe')
    rmSync(pipe, { force: true })
    execFileSync('mkfifo', [pipe])
    const check = { id: 'c', hostId: 'h', title: 'It is good', weight: 'must', timeoutS: 9 } as const
    const proof = { ...check, read: { file: pipe }, expect: { equals: 'good' } }
    const of = work([fileStep('a.conf', 'old\n', 'new\n')], [proof])
    upload(of)
    startFile(of, 'run')
    await expect.poll(() => journal(of), patient).toContain('\tchecks\t')
    expect(run(cancelScript(of)).status).toBe(0)
    await writeFile(pipe, 'good\n')
    await ends(of, 'reverted')
    expect(at('a.conf')).toBe('old\n')
  })

  it('lets a step end before it takes it back, where a host has no timeout and is woken meanwhile', async () => {
    const made = join(host.dir(), 'made')
    const undo = { run: ['rm', made] as const, timeoutS: 5 }
    const of = work([runStep(['sh', '-c', `sleep 2; echo x > ${made}`], { undo })])
    upload(of)
    startFile(of, 'run', { POLLUX_TIMEOUT: 'none' })
    await reached(of, '1.started')
    expect(run(cancelScript(of)).status).toBe(0)
    await ends(of, 'reverted')
    expect(journal(of)).toContain('\tdone\t1\t')
    expect(existsSync(made)).toBe(false)
  })

  it.each(['phase.1', 'proved'])('takes all back by itself when nobody says to go on after %s', async (state) => {
    const of = inTwoPhases({ deadlineS: 12 })
    upload(of)
    startFile(of, 'guard')
    startFile(of, 'run')
    await reached(of, 'phase.1')
    if (state === 'proved') run(watchScript(of, 'go.2', 0, 'proved'))
    await reached(of, state)
    expect(run(shorten(of, 1)).status).toBe(0)
    await ends(of, 'reverted')
    expect([at('a.conf'), at('b.conf'), stray()]).toEqual(['old\n', 'old\n', []])
    run(watchScript(of, 'confirm', 0, null))
    expect(outcome(of)).toEqual(['end.reverted'])
  })

  it('takes back what a killed supervisor left, and ends the step that still runs', async () => {
    put('a.conf', 'old\n')
    const late = join(host.dir(), 'late')
    const step = runStep(['sh', '-c', `(sleep 5; echo x > ${late}) & sleep 5; echo x > ${late}`], { timeoutS: 20 })
    const of = work([fileStep('a.conf', 'old\n', 'new\n'), step])
    upload(of)
    startFile(of, 'guard')
    const supervisor = startFile(of, 'run')
    await reached(of, '2.started')
    supervisor.kill('SIGKILL')
    await ends(of, 'reverted')
    expect([at('a.conf'), journal(of)]).toEqual(['old\n', expect.stringContaining('the supervisor is gone')])
    await nothingLeftOf(late)
    expect(existsSync(late)).toBe(false)
  })

  it.skipIf(mayNotMount)('does not take a supervisor for dead because the disk is full', async () => {
    const state = join(host.dir(), 'state')
    mkdirSync(state)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', state])
    try {
      const made = join(host.dir(), 'made')
      const of = work([
        runStep(['sh', '-c', `sleep 3; echo x > ${made}`], { undo: { run: ['rm', '-f', made], timeoutS: 5 } }),
      ])
      expect(upload(of).code).toBe(uploadExit.ready)
      run(`. ${of.directory}/common; set_deadline 60; mark armed`)
      run(`dd if=/dev/zero of=${state}/full bs=1024 2>/dev/null; for n in 1 2 3; do echo >> ${state}/full; done`)
      startFile(of, 'guard')
      startFile(of, 'run')
      await expect.poll(() => outcome(of).length, patient).toBe(1)
      expect([outcome(of), existsSync(made)]).toEqual([['end.applied'], true])
    } finally {
      execFileSync('umount', ['-l', state])
    }
  })

  it('ends a step and all that it started when the deadline is over in its middle', async () => {
    put('a.conf', 'old\n')
    const late = join(host.dir(), 'late')
    const of = work([
      fileStep('a.conf', 'old\n', 'new\n'),
      runStep(['sh', '-c', `trap '' TERM; (sleep 4; echo x > ${late}) & sleep 4; echo x > ${late}`], { timeoutS: 20 }),
    ])
    upload(of)
    startFile(of, 'guard')
    startFile(of, 'run')
    await reached(of, '2.started')
    run(shorten(of, 0))
    await ends(of, 'reverted')
    expect(at('a.conf')).toBe('old\n')
    await nothingLeftOf(late)
    expect(existsSync(late)).toBe(false)
  })

  it('ends when the files of its change are there no more', async () => {
    const of = inTwoPhases()
    upload(of)
    const { pid } = startFile(of, 'guard')
    // It sleeps, so it has read its files.
    await expect.poll(() => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), patient).not.toBe('')
    rmSync(of.directory, { recursive: true })
    await expect.poll(() => processesWith(of.directory), patient).toEqual([])
  })

  it('moves its deadline away, never nearer, when it is given more time', () => {
    const of = inTwoPhases({ deadlineS: 100 })
    upload(of)
    expect(run(moreTimeScript(of, 50)).status).toBe(1)
    run(`. ${of.directory}/common; set_deadline 100; mark armed`)
    expect(run(moreTimeScript(of, 50)).status).toBe(0)
    expect(run(`. ${of.directory}/common; time_left; [ "$LEFT" -gt 140 ] && [ "$LEFT" -le 150 ]`).status).toBe(0)
    expect(journal(of)).toMatch(/\tarmed\t-\t1[45]\d\n/)
  })

  it('begins no step that could outlast the deadline', () => {
    put('a.conf', 'old\n')
    const of = work([fileStep('a.conf', 'old\n', 'new\n'), runStep(['true'], { timeoutS: 900 })])
    upload(of)
    runFile(of, 'run')
    expect([outcome(of), at('a.conf'), existsSync(`${of.directory}/state/2.started`)]).toEqual([
      ['end.reverted'],
      'old\n',
      false,
    ])
  })

  it('lets one win when it is confirmed and claimed at the same moment', () => {
    const of = inTwoPhases()
    upload(of)
    for (let round = 0; round < 10; round += 1) {
      run(`. ${of.directory}/common; rm -f "$D"/state/*; : > "$D/state/armed"
        (confirm && echo confirmed > "$D/won.1") & (claim && echo claimed > "$D/won.2") & wait`)
      const won = ['won.1', 'won.2'].filter((name) => existsSync(join(of.directory, name)))
      expect(won).toHaveLength(1)
      for (const name of won) rmSync(join(of.directory, name))
    }
  })

  it('takes back at boot what a reboot cut short, and tells nobody to reload', () => {
    knob('none')
    const told = join(host.dir(), 'told')
    const activate = { run: ['sh', '-c', `echo x >> ${told}`] as const, timeoutS: 5 }
    put('a.conf', 'old\n')
    const of = work([
      fileStep('a.conf', 'old\n', 'new\n', { activate }),
      knobStep('fast', 'none'),
      runStep(['sleep', '5']),
    ])
    upload(of)
    const supervisor = startFile(of, 'run')
    return reached(of, '3.started').then(() => {
      supervisor.kill('SIGKILL')
      run(`sh ${of.root}/boot`)
      expect([outcome(of), at('a.conf'), knobSays()]).toEqual([['end.reverted'], 'old\n', 'none'])
      expect(readFileSync(told, 'utf8')).toBe('x\n')
    })
  })

  it('leaves at boot for later what only a daemon takes back, and lets the boot go on', async () => {
    const daemon = join(host.dir(), 'daemon')
    rmSync(daemon, { force: true })
    put('a.conf', 'old\n')
    const untilUp = `until [ -e ${daemon} ]; do sleep 0.1; done; echo undone >> ${daemon}`
    const undo = { run: ['sh', '-c', untilUp] as const, timeoutS: 30 }
    const of = work([
      runStep(['true'], { undoAfterBoot: true, undo, isUndone: ['grep', '-q', 'undone', daemon] }),
      fileStep('a.conf', 'old\n', 'new\n'),
      runStep(['sleep', '5']),
    ])
    upload(of)
    const supervisor = startFile(of, 'run')
    await reached(of, '3.started')
    supervisor.kill('SIGKILL')
    run(`sh ${of.root}/boot`)
    expect(outcome(of)).toEqual([])
    await writeFile(daemon, '')
    await ends(of, 'reverted')
    expect([at('a.conf'), readFileSync(daemon, 'utf8')]).toEqual(['old\n', 'undone\n'])
  })

  it('leaves at boot what was confirmed, and what never began', () => {
    const of = inTwoPhases()
    upload(of)
    runFile(of, 'guard', '--boot')
    expect(outcome(of)).toEqual([])
    run(`. ${of.directory}/common; mark confirmed`)
    runFile(of, 'guard', '--boot')
    expect(outcome(of)).toEqual(['end.applied'])
  })

  it.each([
    ['systemd', 'run/systemd/system', 'etc/systemd/system/sysinit.target.wants/pollux-boot.service'],
    ['links in rcS.d', 'etc/rcS.d', 'etc/rcS.d/S12pollux-boot'],
  ])('stands at boot only while it is under way: %s', async (_, folder, entry) => {
    const sys = join(host.dir(), 'sys')
    rmSync(sys, { recursive: true })
    for (const each of [folder, 'etc/init.d']) mkdirSync(join(sys, each), { recursive: true })
    const of = inTwoPhases()
    upload(of)
    expect(existsSync(join(sys, entry))).toBe(false)
    startFile(of, 'run')
    await reached(of, 'phase.1')
    expect(existsSync(join(sys, entry))).toBe(true)
    run(cancelScript(of))
    await ends(of, 'reverted')
    expect(existsSync(join(sys, entry))).toBe(false)
  })

  it('gives the host free when only half of it came', () => {
    const of = inTwoPhases()
    upload(of)
    for (const name of ['common', 'steps', 'run', 'state']) rmSync(join(of.directory, name), { recursive: true })
    expect(run(withdrawScript(of)).status).toBe(0)
    expect([existsSync(of.directory), existsSync(join(of.root, 'lock'))]).toEqual([false, false])
  })

  it('can be withdrawn before it began, and no more once it did', async () => {
    const of = inTwoPhases()
    upload(of)
    startFile(of, 'run')
    await reached(of, 'phase.1')
    expect(run(withdrawScript(of)).status).toBe(1)
    run(cancelScript(of))
    await ends(of, 'reverted')
  })
})

/** Moves the deadline, as if so many seconds were left. */
function shorten(of: HostWork, seconds: number): string {
  return `. ${of.directory}/common; set_deadline ${seconds}`
}
