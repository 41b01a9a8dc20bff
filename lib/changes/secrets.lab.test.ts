import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { getLabHost, hostExec, waitUntil } from '@/e2e/lab/lab'
import type { RunStep } from '@/lib/agent'
import { changesSettled } from './engine'
import { getChange } from './get-change'
import { changeLab } from './testing/change-lab'

const lab = changeLab()
const { has, add, plan, apply, folderOf, fileOn, text } = lab

const inFile = 'planted-in-a-file'
const inInput = 'planted "in" inp$t [x]'
const secrets = [inFile, inInput]

let watcher: ChildProcess | null = null
afterEach(async () => {
  watcher?.kill('SIGINT')
  watcher = null
})

/** Every process of a host, as this machine numbers them. */
function processesOf(name: string): number[] {
  const first = Number(getLabHost(name).process.split(' ')[0])
  const space = (pid: number) => {
    try {
      return readlinkSync(`/proc/${pid}/ns/pid_for_children`)
    } catch {
      return ''
    }
  }
  const wanted = readlinkSync(`/proc/${first}/ns/pid_for_children`)
  const all = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
  return all.filter((pid) => space(pid) === wanted)
}

/** Writes down every program that the host starts from now on, with all its words and its environment. */
async function watchPrograms(name: string, into: string): Promise<void> {
  const pids = processesOf(name).flatMap((pid) => ['-p', String(pid)])
  const words = ['-f', '-q', '-v', '-s', '100000', '-e', 'trace=execve', '-o', into, ...pids]
  watcher = spawn('strace', words, { stdio: 'ignore' })
  const isTraced = async () => {
    await hostExec(name, ['true'])
    const first = Number(getLabHost(name).process.split(' ')[0])
    return /TracerPid:\t[1-9]/.test(readFileSync(`/proc/${first}/status`, 'utf8'))
  }
  await waitUntil('strace is there', isTraced, 20)
}

const echoes: RunStep = {
  kind: 'run',
  id: 'echoes',
  title: `Tell ${inFile}`,
  timeoutS: 10,
  run: ['cat'],
  input: `said: ${inInput}\nand ${inFile}\n`,
  undo: { nothing: 'x' },
}

describe.each(['alder', 'birch', 'cedar'].filter((name) => has(name)))('on %s', (name) => {
  it('keeps secrets out of every program’s words, the journals and the store', async () => {
    const host = await add(name, 'ops')
    const trace = join(lab.dir(), 'trace')
    await watchPrograms(name, trace)
    const bytes = `password = ${inFile}\n`
    const changeId = await plan([host], { bytes, more: [echoes], secrets, expected: 'password = ' })
    expect(await apply(changeId)).toMatchObject({ outcome: 'applied' })
    await changesSettled()
    const programs = readFileSync(trace, 'utf8')
    // It saw the supervisor and what that started, and a secret in the open would have been seen.
    expect(programs).toContain('execve("/usr/bin/cat", ["cat"]')
    expect(programs).toContain(await folderOf(changeId))
    const journal = (await hostExec(name, ['cat', `${await folderOf(changeId)}/journal`])).stdout
    const change = await getChange(lab.ctx(), changeId)
    const shown = (await text(changeId)) + JSON.stringify(change)
    expect([await fileOn(name), journal, shown]).toEqual([
      bytes,
      expect.stringContaining('said: ••••••'),
      expect.stringContaining('said: ••••••'),
    ])
    const store = readdirSync(lab.dir())
      .filter((file) => file.startsWith('pollux.'))
      .map((file) => readFileSync(join(lab.dir(), file), 'latin1'))
    expect(store.length).toBeGreaterThan(0)
    const password = getLabHost(name).users.find((user) => user.name === 'ops')?.password ?? ''
    const system = (await hostExec(name, ['journalctl', '-o', 'cat', '--since', '-5min'])).stdout
    const places = { programs, journal, shown, store: store.join('\n'), system }
    for (const [place, all] of Object.entries(places))
      for (const secret of [inFile, 'planted "in"', 'planted \\"in', password])
        expect(all.includes(secret), `${place} holds ${secret}`).toBe(false)
  })
})
