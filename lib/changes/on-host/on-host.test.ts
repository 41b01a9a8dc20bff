import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Check, FileStep, KnobStep, RunStep, Step } from '@/lib/agent'
import { printBytes } from './encode'
import { type HostWork, runScript, undoScript } from './supervisor-script'
import { uploadExit, uploadScript } from './upload-script'
import { withdrawScript } from './watch-script'

const shells = [['dash'], ['busybox', 'sh'], ['bash', '--posix'], ['posh']].filter(
  ([program]) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0,
)

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pollux-on-host-'))
  mkdirSync(join(dir, 'etc'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

// Whoever runs the tests: only root may give files away.
const owner = { mode: '0640', owner: nameOf('-un'), group: nameOf('-gn') }

function fileStep(name: string, before: string | null, after: string | null, more: Partial<FileStep> = {}): FileStep {
  return {
    kind: 'file',
    id: name,
    title: `Write ${name}`,
    timeoutS: 5,
    path: join(dir, 'etc', name),
    before: before === null ? null : { ...owner, bytes: before },
    after: after === null ? null : { ...owner, bytes: after },
    undo: { copy: true },
    ...more,
  }
}

function knobStep(value: string, before: string): KnobStep {
  const path = join(dir, 'knob')
  return {
    kind: 'knob',
    id: 'knob',
    title: 'Set',
    timeoutS: 5,
    path,
    value,
    before,
    undo: { knob: path, value: before },
  }
}

function runStep(run: RunStep['run'], more: Partial<RunStep> = {}): RunStep {
  return { kind: 'run', id: 'run', title: 'Run', timeoutS: 5, run, undo: { nothing: 'it only looks' }, ...more }
}

function work(steps: Step[], checks: Check[] = []): HostWork {
  const root = join(dir, 'state')
  return {
    changeId: 7,
    title: 'A change',
    folder: 'abcdefgh-7',
    directory: `${root}/changes/abcdefgh-7`,
    root,
    steps,
    checks,
  }
}

function put(name: string, text: string): void {
  writeFileSync(join(dir, 'etc', name), text)
  chmodSync(join(dir, 'etc', name), 0o640)
}

const at = (name: string) => readFileSync(join(dir, 'etc', name), 'utf8')
const knob = (text: string) => writeFileSync(join(dir, 'knob'), `${text}\n`)
const knobSays = () => readFileSync(join(dir, 'knob'), 'utf8').trim()
const stray = () => readdirSync(join(dir, 'etc')).filter((name) => name.startsWith('.pollux'))

describe.each(shells)('with %s', (...shell: string[]) => {
  const run = (script: string) => {
    const [program = 'sh', ...words] = shell
    return spawnSync(program, words, { input: Buffer.from(script, 'utf8'), encoding: 'utf8', timeout: 20_000 })
  }
  const runFile = (of: HostWork, name: 'run' | 'undo', ...words: string[]) => {
    const [program = 'sh', ...options] = shell
    return spawnSync(program, [...options, `${of.directory}/${name}`, ...words], { encoding: 'utf8', timeout: 20_000 })
  }
  const upload = (of: HostWork) => {
    const done = run(uploadScript(of))
    return { code: done.status, said: done.stdout + done.stderr }
  }
  const outcome = (of: HostWork) => readdirSync(`${of.directory}/state`).filter((name) => name.startsWith('end.'))
  const journal = (of: HostWork) => readFileSync(`${of.directory}/journal`, 'utf8')

  it('applies file, knob and command, and tidies up', () => {
    put('a.conf', 'old\n')
    knob('none')
    const of = work(
      [
        fileStep('a.conf', 'old\n', 'new\n'),
        fileStep('b.conf', null, 'made\n'),
        knobStep('fast', 'none'),
        runStep(['sh', '-c', 'cat; printf "out %s\\n" "$1"', 'x', "it's"], { input: 'in\n' }),
      ],
      [
        {
          id: 'k',
          hostId: 'h',
          title: 'knob',
          weight: 'must',
          timeoutS: 2,
          read: { file: join(dir, 'knob') },
          expect: { equals: 'fast' },
        },
      ],
    )
    expect(upload(of)).toMatchObject({ code: uploadExit.ready })
    expect(at('a.conf')).toBe('old\n')
    runFile(of, 'run')
    expect(journal(of)).toContain("\tout\t4\tout it's")
    expect(outcome(of)).toEqual(['end.applied'])
    expect([at('a.conf'), at('b.conf'), knobSays()]).toEqual(['new\n', 'made\n', 'fast'])
    expect(statSync(join(dir, 'etc/b.conf')).mode & 0o777).toBe(0o640)
    expect(stray()).toEqual([])
    expect(existsSync(join(dir, 'state/lock'))).toBe(false)
    runFile(of, 'undo')
    expect(outcome(of)).toEqual(['end.reverted'])
    expect([at('a.conf'), existsSync(join(dir, 'etc/b.conf')), knobSays()]).toEqual(['old\n', false, 'none'])
    expect(stray()).toEqual([])
  })

  it('takes everything back when a step fails', () => {
    put('a.conf', 'old\n')
    knob('none')
    const activated = join(dir, 'activated')
    const activate = { run: ['sh', '-c', `cat ${join(dir, 'etc/a.conf')} >> ${activated}`] as const, timeoutS: 5 }
    const of = work([fileStep('a.conf', 'old\n', 'new\n', { activate }), knobStep('fast', 'none'), runStep(['false'])])
    upload(of)
    runFile(of, 'run')
    expect(outcome(of)).toEqual(['end.reverted'])
    expect([at('a.conf'), knobSays(), readFileSync(activated, 'utf8')]).toEqual(['old\n', 'none', 'new\nold\n'])
    expect(journal(of)).toMatch(/\tfailed\t3\t1\n/)
    expect(stray()).toEqual([])
  })

  it('takes everything back when a proof says no, and keeps what could not be read as unverified', () => {
    knob('none')
    const check = (expect: Check['expect'], file: string): Check => ({
      id: 'c',
      hostId: 'h',
      title: 'proof',
      weight: 'must',
      timeoutS: 2,
      read: { file },
      expect,
    })
    const no = work([knobStep('fast', 'none')], [check({ equals: 'slow' }, join(dir, 'knob'))])
    upload(no)
    runFile(no, 'run')
    expect([outcome(no), knobSays()]).toEqual([['end.reverted'], 'none'])
    const unknown = work([knobStep('fast', 'none')], [check({ equals: 'x' }, join(dir, 'not-there'))])
    upload(unknown)
    runFile(unknown, 'run')
    expect([outcome(unknown), knobSays()]).toEqual([['end.applied-unverified'], 'fast'])
  })

  it('shows of a file the line that it looked for', () => {
    put('many.conf', "first\n it's [here] *\nlast\n")
    const check = (includes: string): Check => ({
      id: 'c',
      hostId: 'h',
      title: 'line',
      weight: 'must',
      timeoutS: 2,
      read: { file: join(dir, 'etc/many.conf') },
      expect: { includes },
    })
    const of = work([runStep(['true'])], [check("it's [here] *")])
    upload(of)
    runFile(of, 'run')
    expect(journal(of)).toContain("\tcheck\tc\tyes  it's [here] *\n")
    const no = work([runStep(['true'])], [check('it.s')])
    upload(no)
    runFile(no, 'run')
    expect(journal(no)).toContain('no first')
  })

  it('ends a command that hangs and takes everything back', () => {
    put('a.conf', 'old\n')
    const of = work([fileStep('a.conf', 'old\n', 'new\n'), runStep(['sleep', '60'], { timeoutS: 1 })])
    upload(of)
    runFile(of, 'run')
    expect([outcome(of), at('a.conf')]).toEqual([['end.reverted'], 'old\n'])
    expect(journal(of)).toContain('took too long')
  })

  it('refuses to upload over a file that changed, leaving no trace', () => {
    put('a.conf', 'edited\n')
    const of = work([fileStep('a.conf', 'old\n', 'new\n')])
    expect(upload(of)).toMatchObject({ code: uploadExit.stale })
    expect([at('a.conf'), stray(), existsSync(of.directory), existsSync(join(dir, 'state/lock'))]).toEqual([
      'edited\n',
      [],
      false,
      false,
    ])
  })

  it('writes nothing over an edit made between upload and start, and keeps it', () => {
    put('a.conf', 'old\n')
    knob('none')
    const of = work([knobStep('fast', 'none'), fileStep('a.conf', 'old\n', 'new\n')])
    upload(of)
    put('a.conf', 'edited\n')
    runFile(of, 'run')
    expect([outcome(of), at('a.conf'), knobSays()]).toEqual([['end.foreign-edit-kept'], 'edited\n', 'none'])
  })

  it('keeps an edit by somebody else between the write and the undo', () => {
    put('a.conf', 'old\n')
    const edit = runStep(['sh', '-c', `printf 'theirs\\n' > ${join(dir, 'etc/a.conf')}; exit 1`])
    const of = work([fileStep('a.conf', 'old\n', 'new\n'), edit])
    upload(of)
    runFile(of, 'run')
    expect([outcome(of), at('a.conf')]).toEqual([['end.foreign-edit-kept'], 'theirs\n'])
  })

  it('does not call applied what did not stay', () => {
    knob('none')
    const reset = runStep(['sh', '-c', `printf 'none\\n' > ${join(dir, 'knob')}`])
    const of = work([knobStep('fast', 'none'), reset])
    upload(of)
    runFile(of, 'run')
    expect(outcome(of)).toEqual(['end.reverted'])
    expect(journal(of)).toContain('not-standing\t1')
  })

  it('says undo-failed, never reverted, when the undo does not succeed', () => {
    const of = work([runStep(['true'], { undo: { run: ['false'], timeoutS: 5 } }), runStep(['false'])])
    upload(of)
    runFile(of, 'run')
    expect(outcome(of)).toEqual(['end.undo-failed'])
  })

  it('refuses a second change while the lock is there, and can be withdrawn before its start', () => {
    put('a.conf', 'old\n')
    const of = work([fileStep('a.conf', 'old\n', 'new\n')])
    upload(of)
    const second = { ...of, folder: 'abcdefgh-8', directory: `${of.root}/changes/abcdefgh-8` }
    expect(upload(second)).toMatchObject({ code: uploadExit.locked })
    expect(run(withdrawScript(of.directory, of.root)).status).toBe(0)
    expect([stray(), existsSync(of.directory), existsSync(join(of.root, 'lock'))]).toEqual([[], false, false])
  })

  it('runs nothing of an upload that was cut in its middle', () => {
    put('a.conf', 'old\n')
    const script = uploadScript(work([fileStep('a.conf', 'old\n', 'new\n')]))
    run(script.slice(0, script.length / 2))
    expect([existsSync(join(dir, 'state')), stray()]).toEqual([false, []])
  })

  it('stops between steps when it is told to, and undoes', () => {
    put('a.conf', 'old\n')
    const of = work([
      fileStep('a.conf', 'old\n', 'new\n'),
      runStep(['sh', '-c', `: > ${join(dir, 'state/changes/abcdefgh-7/cancel')}`]),
      runStep(['true']),
    ])
    upload(of)
    runFile(of, 'run')
    expect([outcome(of), at('a.conf')]).toEqual([['end.reverted'], 'old\n'])
  })

  it('carries any bytes but NUL', () => {
    const bytes = fc
      .uint8Array({ minLength: 0, maxLength: 5000 })
      .map((raw) => Buffer.from(raw.map((b) => b || 1)).toString('latin1'))
    const file = join(dir, 'bytes')
    const all = Buffer.from(Array.from({ length: 255 }, (_, at) => at + 1)).toString('latin1')
    fc.assert(
      fc.property(bytes, (text) => {
        run(`{ ${printBytes(text)}; } > ${file}`)
        return readFileSync(file, 'latin1') === text
      }),
      { numRuns: 25, examples: [[all], ['-n x'], [`%s\\n'"\`$(id)`], ['\n\n'], ['no end']] },
    )
  })
})

it('has shells to run with', () => expect(shells.length).toBeGreaterThan(1))

it('is clean for checkbashisms', ({ skip }) => {
  if (spawnSync('checkbashisms', ['--version']).status !== 0) skip('checkbashisms is not installed')
  const of = work([
    fileStep('a', 'x', 'y'),
    knobStep('a', 'b'),
    runStep(['true'], { undo: { run: ['true'], timeoutS: 1 } }),
  ])
  for (const script of [uploadScript(of), runScript(of), undoScript(of)]) {
    const file = join(dir, 'script.sh')
    writeFileSync(file, script.startsWith('#!') ? script : `#!/bin/sh\n${script}`)
    const found = spawnSync('checkbashisms', ['-f', file], { encoding: 'utf8' })
    expect(found.stdout + found.stderr).toBe('')
  }
})

function nameOf(which: '-un' | '-gn'): string {
  return execFileSync('id', [which], { encoding: 'utf8' }).trim()
}
