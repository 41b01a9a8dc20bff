import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { JobStep } from '@/lib/agent'
import { processesWith } from '@/lib/ssh/testing/processes-with'
import { hostFixture, shells } from './testing/host-fixture'
import { cancelScript } from './watch-script'

const host = hostFixture()
const { fileStep, runStep, work, put, at, stray } = host
const patient = { timeout: 15_000, interval: 100 }

const inDir = (name: string) => join(host.dir(), name)

/** Counts in a file until told to stop; leaves a part behind, which `cleanUp` removes. */
function counting(until: number, more: Partial<JobStep> = {}): JobStep {
  const count = `touch ${inDir('part')}; n=0; while [ $n -lt ${until} ]; do n=$((n + 1)); echo $n > ${inDir('count')}; sleep 0.2; done; echo ended`
  return {
    kind: 'job',
    id: 'job',
    title: 'Count',
    timeoutS: 5,
    run: ['sh', '-c', count],
    progress: { file: inDir('count') },
    stallS: 3,
    cleanUp: ['rm', '-f', inDir('part')],
    whenCutShort: 'undo',
    undo: { run: ['rm', '-f', inDir('part'), inDir('count')], timeoutS: 5 },
    ...more,
  }
}

describe.each(shells)('with %s', (...shell: string[]) => {
  const { upload, run, runFile, startFile, outcome, journal } = host.with(shell)

  it('lets a job take longer than its deadline as long as it goes on', () => {
    put('a.conf', 'old\n')
    const of = work([counting(20), fileStep('a.conf', 'old\n', 'new\n')], [], { deadlineS: 12 })
    upload(of)
    run(
      `. ${of.directory}/common; set_deadline 12 && hook; mark armed; cat ${of.directory}/deadline > ${inDir('first')}`,
    )
    runFile(of, 'run')
    expect([outcome(of), at('a.conf')]).toEqual([['end.applied'], 'new\n'])
    expect(journal(of)).toContain('\tout\t1\tended')
    const uptime = (name: string) => Number(readFileSync(name, 'utf8').split(' ')[0])
    expect(uptime(`${of.directory}/deadline`)).toBeGreaterThan(uptime(inDir('first')))
  })

  it('ends a job that shows no progress, cleans up, and takes all back', () => {
    put('a.conf', 'old\n')
    const stuck = counting(1, { run: ['sh', '-c', `touch ${inDir('part')}; sleep 600`], stallS: 1 })
    const of = work([fileStep('a.conf', 'old\n', 'new\n'), stuck])
    upload(of)
    runFile(of, 'run')
    expect([outcome(of), at('a.conf'), existsSync(inDir('part'))]).toEqual([['end.reverted'], 'old\n', false])
    expect(journal(of)).toContain('It showed no progress for 1 s.')
    expect(processesWith('sleep 600')).toEqual([])
  })

  it('ends a job when a person says stop', async () => {
    const of = work([counting(10_000)])
    upload(of)
    startFile(of, 'run')
    await expect.poll(() => existsSync(inDir('count')), patient).toBe(true)
    run(cancelScript(of))
    await expect.poll(() => outcome(of), patient).toEqual(['end.reverted'])
    expect(existsSync(inDir('part'))).toBe(false)
    // busybox's timeout leaves who watched the command for one more second.
    await expect.poll(() => processesWith(inDir('count')), patient).toEqual([])
  })

  it('begins a job again whose supervisor was killed, when it says that it may', async () => {
    const of = work([counting(15, { whenCutShort: 'again' })])
    upload(of)
    const supervisor = startFile(of, 'run')
    startFile(of, 'guard')
    await expect.poll(() => existsSync(inDir('count')), patient).toBe(true)
    supervisor.kill('SIGKILL')
    await expect.poll(() => outcome(of), patient).toEqual(['end.applied'])
    expect(journal(of).match(/\tstart\t1\t/g)).toHaveLength(2)
    expect(journal(of)).toContain('\tout\t1\tended')
  })

  it('goes on behind a command that was cut short and can tell that its work is there', async () => {
    put('a.conf', 'old\n')
    const slow = (isDone: string) =>
      runStep(['sh', '-c', `echo x >> ${inDir('did')}; sleep 60`], { timeoutS: 70, isDone: ['cat', inDir(isDone)] })
    const of = work([slow('did'), fileStep('a.conf', 'old\n', 'new\n')], [], { deadlineS: 200 })
    upload(of)
    const supervisor = startFile(of, 'run')
    startFile(of, 'guard')
    await expect.poll(() => existsSync(inDir('did')), patient).toBe(true)
    supervisor.kill('SIGKILL')
    await expect.poll(() => outcome(of), patient).toEqual(['end.applied'])
    expect([at('a.conf'), readFileSync(inDir('did'), 'utf8')]).toEqual(['new\n', 'x\n'])
  })

  it('takes back what was cut short and cannot tell', async () => {
    put('a.conf', 'old\n')
    writeFileSync(inDir('did'), '')
    const slow = runStep(['sh', '-c', `echo x >> ${inDir('did')}; sleep 60`], {
      timeoutS: 70,
      isDone: ['cat', inDir('no')],
    })
    const of = work([fileStep('a.conf', 'old\n', 'new\n'), slow], [], { deadlineS: 200 })
    upload(of)
    const supervisor = startFile(of, 'run')
    startFile(of, 'guard')
    await expect.poll(() => readFileSync(inDir('did'), 'utf8'), patient).toBe('x\n')
    supervisor.kill('SIGKILL')
    await expect.poll(() => outcome(of), patient).toEqual(['end.reverted'])
    expect([at('a.conf'), stray()]).toEqual(['old\n', []])
  })
})
