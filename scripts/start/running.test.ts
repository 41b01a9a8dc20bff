import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { refuseIfRunning, takeDataDir } from './running.mjs'

let dir: string
let child: ChildProcess | undefined
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pollux-running-'))
})
afterEach(() => {
  child?.kill('SIGKILL')
  rmSync(dir, { recursive: true, force: true })
})

/** Another process that holds the folder; resolves when it does. */
async function otherHolder() {
  const script = `import('${import.meta.dirname}/running.mjs').then(async (m) => {
    await m.takeDataDir(${JSON.stringify(dir)}, 'http://127.0.0.1:3999')
    console.log('holds')
    setInterval(() => {}, 1000)
  })`
  child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (child.stdout) await once(child.stdout, 'data')
  return child
}

it('refuses a second process and names the first', async () => {
  const { pid } = await otherHolder()
  const sentence = new RegExp(`already runs on ${dir} \\(process ${pid}, http://127.0.0.1:3999\\)`)
  expect(() => refuseIfRunning(dir)).toThrow(sentence)
  await expect(takeDataDir(dir, null)).rejects.toThrow(sentence)
  expect(statSync(join(dir, 'running.json')).mode & 0o777).toBe(0o600)
})

it('takes over from a process that was killed', async () => {
  const holder = await otherHolder()
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  expect(() => refuseIfRunning(dir)).not.toThrow()
  const held = await takeDataDir(dir, null)
  held.release()
})

it('is not deceived by a process id that came round again', async () => {
  writeFileSync(join(dir, 'running.json'), JSON.stringify({ pid: process.pid, born: 'an-earlier-boot 1', url: null }))
  expect(() => refuseIfRunning(dir)).not.toThrow()
})

it('refuses even without the note, for the lock is what counts', async () => {
  await otherHolder()
  rmSync(join(dir, 'running.json'))
  expect(() => refuseIfRunning(dir)).not.toThrow()
  await expect(takeDataDir(dir, null)).rejects.toThrow(/already runs on .* \(another process\)/)
})
