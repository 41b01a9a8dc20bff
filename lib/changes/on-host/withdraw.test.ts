import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { shellQuote } from '@/lib/ssh/quote'
import { takingFile } from './layout'
import { hostFixture, shells } from './testing/host-fixture'
import { uploadExit, uploadScript } from './upload-script'
import { withdrawScript } from './watch-script'

const host = hostFixture()
const { fileStep, work, put, at, stray } = host
const patient = { timeout: 15_000, interval: 20 }

let uploader: ChildProcess | null = null
afterEach(() => {
  uploader?.kill('SIGKILL')
  uploader = null
})

/** Where an upload may be held while its connection is cut and Pollux comes back: before which of its lines. */
const moments = {
  'before it said who takes the lock': 'put_line "$OWNER" > "$TAKING"',
  'before it took the lock': 'if ! mkdir "$ROOT/lock"',
  'before the lock says whose it is': 'put_line "$OWNER" > "$ROOT/lock/owner"',
  'before it made its folder': 'mkdir "$D" "$D/new"',
  'before anything is staged': 'touch "$D/journal" ',
  'in the middle of staging': 'cp -a $A $COPY',
  'when all is staged': '# Each file by its name',
} as const

describe.each(shells)('with %s', (...shell: string[]) => {
  const [program = 'sh', ...options] = shell
  const { run, upload } = host.with(shell)

  /** An upload that stops itself there, as a host does that is out of breath; resolves when it has. */
  const heldUpload = async (script: string, before: string) => {
    const place = script.indexOf(before)
    if (place < 0) throw new Error(`expected an upload with the line ${before}`)
    const held = `${script.slice(0, place)} kill -s STOP "$$"\n${script.slice(place)}`
    const child = spawn(program, options, { stdio: ['pipe', 'ignore', 'ignore'] })
    uploader = child
    child.stdin.end(Buffer.from(held, 'utf8'))
    const state = () => readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.[0]
    await expect.poll(state, patient).toBe('T')
    return child
  }

  it.each(Object.entries(moments))('ends an upload that still runs, %s', async (_when, before) => {
    put('a.conf', 'old\n')
    const of = work([fileStep('a.conf', 'old\n', null)])
    const path = join(host.dir(), 'etc/a.conf')
    const staged = join(host.dir(), 'etc/.pollux-abcdefgh-7-1.old')
    const line = before.replace('$A', shellQuote(path)).replace('$COPY', shellQuote(staged))
    // The copies of one file stand in one line of the script.
    const child = await heldUpload(uploadScript(of).replace(`{ ${line}`, `{\n${line}`), line)
    expect(run(withdrawScript(of)).status).toBe(0)
    const over = once(child, 'exit')
    child.kill('SIGCONT')
    await over
    expect([stray(), existsSync(of.directory), existsSync(join(of.root, 'lock')), at('a.conf')]).toEqual([
      [],
      false,
      false,
      'old\n',
    ])
    // The host is free for the next one.
    const next = { ...of, folder: 'abcdefgh-8', directory: `${of.root}/changes/abcdefgh-8` }
    expect(upload(next).code).toBe(uploadExit.ready)
  })

  it.each(['no owner', 'an empty owner'])('frees a lock that a power cut left with %s', async (left) => {
    put('a.conf', 'old\n')
    const of = work([fileStep('a.conf', 'old\n', 'new\n')])
    const child = await heldUpload(uploadScript(of), moments['before the lock says whose it is'])
    child.kill('SIGKILL')
    await once(child, 'exit')
    // Of a file that was not synced only the name is left.
    writeFileSync(takingFile(of), '')
    if (left === 'an empty owner') writeFileSync(join(of.root, 'lock/owner'), '')
    expect(run(withdrawScript(of)).status).toBe(0)
    expect([existsSync(join(of.root, 'lock')), existsSync(takingFile(of))]).toEqual([false, false])
    const next = { ...of, folder: 'abcdefgh-8', directory: `${of.root}/changes/abcdefgh-8` }
    expect(upload(next).code).toBe(uploadExit.ready)
  })

  it('leaves alone what another one brings', async () => {
    put('a.conf', 'old\n')
    const of = work([fileStep('a.conf', 'old\n', 'new\n')])
    const other = { ...of, folder: 'abcdefgh-8', directory: `${of.root}/changes/abcdefgh-8` }
    const child = await heldUpload(uploadScript(other), moments['when all is staged'])
    expect(run(withdrawScript(of)).status).toBe(0)
    const over = once(child, 'exit')
    child.kill('SIGCONT')
    expect(await over).toEqual([uploadExit.ready, null])
    expect([readdirSync(of.root).includes('lock'), existsSync(other.directory)]).toEqual([true, true])
  })
})
