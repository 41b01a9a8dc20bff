import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { getLabHost, hostExec } from '@/e2e/lab/lab'
import type { RunStep } from '@/lib/agent'
import { changesSettled } from './engine'
import { getChange } from './get-change'
import { changeLab } from './testing/change-lab'
import { watchPrograms } from './testing/watch-programs'

const lab = changeLab()
const { has, add, plan, apply, folderOf, fileOn, text } = lab

const inFile = 'planted-in-a-file'
const inInput = 'planted "in" inp$t [x]'
const secrets = [inFile, inInput]

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
    onTestFinished(await watchPrograms(name, trace))
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
