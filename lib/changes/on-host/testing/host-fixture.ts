import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { isLong } from '@/e2e/long-tests'
import type { FileStep, HostCheck, KnobStep, RunStep, Step } from '@/lib/agent'
import type { HostWork } from '../host-work'
import { uploadScript } from '../upload-script'

type Shell = readonly string[]

const allShells: Shell[] = [['dash'], ['busybox', 'sh'], ['bash', '--posix'], ['posh']]

/**
 * Every shell that the host-side code is proved under and this machine has, as argv; unless all are asked for, Debian's and
 * that of small NAS boxes.
 */
export const shells = (isLong ? allShells : allShells.slice(0, 2)).filter(
  ([program]) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0,
)

// In memory where there is such a place: what is synced does not wait for others' work on the disk.
const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** A folder that stands for a host: `etc` with files, a knob, Pollux's state, and `sys` for what runs at boot. */
export function hostFixture() {
  let dir = ''
  const left: ChildProcess[] = []
  beforeEach(() => {
    dir = mkdtempSync(join(place, 'pollux-on-host-'))
    mkdirSync(join(dir, 'etc'))
    mkdirSync(join(dir, 'sys/run/systemd/system'), { recursive: true })
  })
  afterEach(() => {
    for (const child of left.splice(0)) child.kill('SIGKILL')
    rmSync(dir, { recursive: true, force: true })
  })

  const etc = (name: string) => join(dir, 'etc', name)
  const knobPath = () => join(dir, 'knob')
  return {
    dir: () => dir,
    fileStep: (name: string, before: string | null, after: string | null, more: Partial<FileStep> = {}): FileStep => ({
      kind: 'file',
      id: name,
      title: `Write ${name}`,
      timeoutS: 5,
      path: etc(name),
      before: before === null ? null : { ...owner, bytes: before },
      after: after === null ? null : { ...owner, bytes: after },
      undo: { copy: true },
      ...more,
    }),
    knobStep: (value: string, before: string): KnobStep => ({
      kind: 'knob',
      id: 'knob',
      title: 'Set',
      timeoutS: 5,
      path: knobPath(),
      value,
      before,
      undo: { knob: knobPath(), value: before },
    }),
    runStep: (run: RunStep['run'], more: Partial<RunStep> = {}): RunStep => ({
      kind: 'run',
      id: 'run',
      title: 'Run',
      timeoutS: 5,
      run,
      undo: { nothing: 'it only looks' },
      ...more,
    }),
    work: (steps: Step[], checks: HostCheck[] = [], more: Partial<HostWork> = {}): HostWork => ({
      changeId: 7,
      title: 'A change',
      folder: 'abcdefgh-7',
      directory: join(dir, 'state/changes/abcdefgh-7'),
      root: join(dir, 'state'),
      sys: join(dir, 'sys'),
      phases: [steps],
      checks,
      secrets: [],
      supersedes: null,
      deadlineS: 300,
      confirms: 'itself',
      ...more,
    }),
    put: (name: string, text: string) => {
      writeFileSync(etc(name), text)
      chmodSync(etc(name), 0o640)
    },
    at: (name: string) => readFileSync(etc(name), 'utf8'),
    knob: (text: string) => writeFileSync(knobPath(), `${text}\n`),
    knobSays: () => readFileSync(knobPath(), 'utf8').trim(),
    stray: () => readdirSync(join(dir, 'etc')).filter((name) => name.startsWith('.pollux')),
    with: (shell: Shell) => inShell(shell, left),
  }
}

/** The same host under one shell. */
function inShell([program = 'sh', ...options]: Shell, left: ChildProcess[]) {
  const run = (script: string) =>
    spawnSync(program, options, { input: Buffer.from(script, 'utf8'), encoding: 'utf8', timeout: 120_000 })
  return {
    run,
    upload: (of: HostWork) => {
      const done = run(uploadScript(of))
      return { code: done.status, said: done.stdout + done.stderr }
    },
    /** Arms the change where it is not, as `start` does, and runs one of its files to the end. */
    runFile: (of: HostWork, name: 'run' | 'undo' | 'guard', ...words: string[]) => {
      if (name === 'run') run(arming(of))
      const argv = [...options, `${of.directory}/${name}`, ...words]
      return spawnSync(program, argv, { encoding: 'utf8', timeout: 120_000 })
    },
    /** Arms it too, but goes on while the file runs in a session of its own; what still runs at the test's end is killed. */
    startFile: (of: HostWork, name: 'run' | 'guard', more: Record<string, string> = {}): ChildProcess => {
      run(arming(of))
      const env = { ...process.env, ...more }
      const child = spawn(program, [...options, `${of.directory}/${name}`], { stdio: 'ignore', detached: true, env })
      left.push(child)
      return child
    },
    outcome: (of: HostWork) => readdirSync(`${of.directory}/state`).filter((name) => name.startsWith('end.')),
    journal: (of: HostWork) => readFileSync(`${of.directory}/journal`, 'utf8'),
  }
}

// What `start_change` does, but for letting guard and supervisor loose: here they run under each shell.
function arming(of: HostWork): string {
  return `. ${of.directory}/common; has armed || { set_deadline ${of.deadlineS} && hook; mark armed; }`
}

// Whoever runs the tests: only root may give files away.
const owner = { mode: '0640', owner: nameOf('-un'), group: nameOf('-gn') }

function nameOf(which: '-un' | '-gn'): string {
  return execFileSync('id', [which], { encoding: 'utf8' }).trim()
}
