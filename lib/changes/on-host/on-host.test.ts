import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HostCheck } from '@/lib/agent'
import { skipReason } from '@/lib/ssh/testing/skip-reason'
import { printBytes, putScript } from './encode'
import { guardScript } from './guard-script'
import type { HostWork } from './host-work'
import { runScript, startFunction, undoScript } from './supervisor-script'
import { hostFixture, shells } from './testing/host-fixture'
import { uploadExit, uploadScript } from './upload-script'
import { withdrawScript } from './watch-script'

const host = hostFixture()
const { fileStep, knobStep, runStep, work, put, at, knob, knobSays, stray } = host

const mayNotMount = skipReason(
  process.getuid?.() === 0 ? null : 'a file system with few inodes has to be mounted, which takes root',
)

describe.each(shells)('with %s', (...shell: string[]) => {
  const { upload, run, runFile, outcome, journal } = host.with(shell)

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
          timeoutS: 10,
          read: { file: join(host.dir(), 'knob') },
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
    expect(statSync(join(host.dir(), 'etc/b.conf')).mode & 0o777).toBe(0o640)
    expect(stray()).toEqual([])
    expect(existsSync(join(host.dir(), 'state/lock'))).toBe(false)
    runFile(of, 'undo')
    expect(outcome(of)).toEqual(['end.reverted'])
    expect([at('a.conf'), existsSync(join(host.dir(), 'etc/b.conf')), knobSays()]).toEqual(['old\n', false, 'none'])
    expect(stray()).toEqual([])
  })

  it.skipIf(mayNotMount)('leaves no lock where inodes run out, wherever they do', () => {
    put('a.conf', 'old\n')
    const of = work([fileStep('a.conf', 'old\n', 'new\n')])
    const state = join(host.dir(), 'state')
    mkdirSync(state)
    const codes = new Set<number | null>()
    for (let inodes = 1; inodes < 70; inodes += inodes < 12 ? 1 : 4) {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `nr_inodes=${inodes}`, 'none', state])
      try {
        const { code } = upload(of)
        codes.add(code)
        if (code !== uploadExit.ready) expect([existsSync(join(state, 'lock')), stray()]).toEqual([false, []])
        else run(withdrawScript(of))
      } finally {
        execFileSync('umount', [state])
      }
    }
    expect(codes).toEqual(new Set([uploadExit.ready, uploadExit.noRoom, uploadExit.noPlace]))
  })

  it.skipIf(mayNotMount)('does not say that all is as before while what was staged is still there', () => {
    put('a.conf', 'old\n')
    const folder = join(host.dir(), 'etc')
    const locks = ['sh', '-c', `mount --bind ${folder} ${folder} && mount -o remount,bind,ro ${folder}`] as const
    const of = work([runStep(locks), fileStep('a.conf', 'old\n', 'new\n')])
    upload(of)
    try {
      runFile(of, 'run')
      expect([outcome(of), at('a.conf'), stray().length]).toEqual([['end.undo-failed'], 'old\n', 2])
      for (const name of stray()) expect(journal(of)).toContain(`${name} could not be removed.`)
    } finally {
      execFileSync('umount', [folder])
    }
    runFile(of, 'undo')
    expect([outcome(of), at('a.conf'), stray()]).toEqual([['end.reverted'], 'old\n', []])
  })

  it('makes the folder of a file where it is missing, and leaves none that is empty', () => {
    const step = fileStep('made.d/a.conf', null, 'new\n', { makesFolder: true })
    const folder = join(host.dir(), 'etc/made.d')
    const fails = work([step, runStep(['false'])])
    expect(upload(fails)).toMatchObject({ code: uploadExit.ready })
    runFile(fails, 'run')
    expect([outcome(fails), existsSync(folder)]).toEqual([['end.reverted'], false])

    const puts = work([step], [], { folder: 'abcdefgh-8', directory: join(host.dir(), 'state/changes/abcdefgh-8') })
    upload(puts)
    runFile(puts, 'run')
    expect([at('made.d/a.conf'), statSync(folder).mode & 0o777]).toEqual(['new\n', 0o755])

    const back = fileStep('made.d/a.conf', 'new\n', null, { makesFolder: true })
    const takes = work([back], [], { folder: 'abcdefgh-9', directory: join(host.dir(), 'state/changes/abcdefgh-9') })
    upload(takes)
    runFile(takes, 'run')
    expect([outcome(takes), existsSync(folder)]).toEqual([['end.applied'], false])
    runFile(takes, 'undo')
    expect([outcome(takes), at('made.d/a.conf'), stray()]).toEqual([['end.reverted'], 'new\n', []])
  })

  it('refuses before anything is armed when a program of the undo is not there', () => {
    put('a.conf', 'old\n')
    const undo = { run: ['no-such-program'], timeoutS: 5 } as const
    const refused = upload(work([fileStep('a.conf', 'old\n', 'new\n'), runStep(['true'], { undo })]))
    expect(refused.code).toBe(uploadExit.noProgram)
    expect(refused.said).toContain('no-such-program')
    expect([at('a.conf'), stray(), existsSync(join(host.dir(), 'state/lock'))]).toEqual(['old\n', [], false])
  })

  it('removes the folder of the change that it took back, and of one that was undone', () => {
    put('a.conf', 'old\n')
    const first = work([fileStep('a.conf', 'old\n', 'new\n')])
    upload(first)
    runFile(first, 'run')
    const folder = (n: number) => join(host.dir(), `state/changes/abcdefgh-${n}`)
    const back = (n: number, more: Partial<HostWork>) =>
      work([fileStep('a.conf', 'new\n', 'old\n')], [], { folder: `abcdefgh-${n}`, directory: folder(n), ...more })
    const fails = { ...back(8, {}), phases: [[runStep(['false'])]] }
    upload(fails)
    runFile(fails, 'run')
    expect([outcome(fails), existsSync(first.directory)]).toEqual([['end.reverted'], true])
    const second = back(9, { supersedes: first.folder })
    upload(second)
    expect([existsSync(folder(8)), existsSync(first.directory)]).toEqual([false, true])
    runFile(second, 'run')
    expect([outcome(second), existsSync(first.directory), at('a.conf')]).toEqual([['end.applied'], false, 'old\n'])
  })

  it('takes everything back when a step fails', () => {
    put('a.conf', 'old\n')
    knob('none')
    const activated = join(host.dir(), 'activated')
    const activate = {
      run: ['sh', '-c', `cat ${join(host.dir(), 'etc/a.conf')} >> ${activated}`] as const,
      timeoutS: 5,
    }
    const of = work([fileStep('a.conf', 'old\n', 'new\n', { activate }), knobStep('fast', 'none'), runStep(['false'])])
    upload(of)
    runFile(of, 'run')
    expect(outcome(of)).toEqual(['end.reverted'])
    expect([at('a.conf'), knobSays(), readFileSync(activated, 'utf8')]).toEqual(['old\n', 'none', 'new\nold\n'])
    expect(journal(of)).toMatch(/\tfailed\t3\t1\n/)
    expect(stray()).toEqual([])
  })

  it.each([
    ['one line, and what is wanted in it', 'a:25 "master"\nb:25 "other"\n', ['end.applied']],
    ['another line without it', 'a:25 "master"\na:25 "thief"\n', ['end.reverted']],
    ['no such line at all', 'b:25 "master"\n', ['end.reverted']],
  ])('looks at every line of a kind: %s', (_, bytes, ending) => {
    knob('none')
    put('seen', bytes)
    const check: HostCheck = {
      id: 'c',
      hostId: 'h',
      title: 'proof',
      weight: 'must',
      timeoutS: 10,
      read: { file: join(host.dir(), 'etc/seen') },
      expect: { lines: 'a:25 ', include: '"master"' },
    }
    const of = work([knobStep('fast', 'none')], [check])
    upload(of)
    runFile(of, 'run')
    expect(outcome(of)).toEqual(ending)
  })

  it('takes everything back when a proof says no, and keeps what could not be read as unverified', () => {
    knob('none')
    const check = (expect: HostCheck['expect'], file: string): HostCheck => ({
      id: 'c',
      hostId: 'h',
      title: 'proof',
      weight: 'must',
      timeoutS: 10,
      read: { file },
      expect,
    })
    const no = work([knobStep('fast', 'none')], [check({ equals: 'slow' }, join(host.dir(), 'knob'))])
    upload(no)
    runFile(no, 'run')
    expect([outcome(no), knobSays()]).toEqual([['end.reverted'], 'none'])
    const unknown = work([knobStep('fast', 'none')], [check({ equals: 'x' }, join(host.dir(), 'not-there'))])
    upload(unknown)
    runFile(unknown, 'run')
    expect([outcome(unknown), knobSays()]).toEqual([['end.applied-unverified'], 'fast'])
  })

  it('shows of a file the line that it looked for', () => {
    put('many.conf', "first\n it's [here] *\nlast\n")
    const check = (includes: string): HostCheck => ({
      id: 'c',
      hostId: 'h',
      title: 'line',
      weight: 'must',
      timeoutS: 10,
      read: { file: join(host.dir(), 'etc/many.conf') },
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

  it('holds a row against a name and a value, and shows both', () => {
    const rows: [string, string, string, string][] = [
      ['pool\t32\n', 'pool', '32', 'yes pool = 32'],
      ['pool\t328\n', 'pool', '32', 'no pool = 328'],
      ['pool\t32\nmore\t1\n', 'pool', '32', 'no pool = 32'],
      ['pool = 32\n', 'pool', '32', 'no pool = 32'],
      ["a'b\t$x\ty\n", "a'b", '$x\ty', "yes a'b = $x\ty"],
      ['pool\t\n', 'pool', '', 'yes pool = '],
    ]
    const checks = rows.map(([bytes, name, value], at): HostCheck => {
      put(`row${at}`, bytes)
      const read = { file: join(host.dir(), `etc/row${at}`) }
      return { id: `c${at}`, hostId: 'h', title: 'row', weight: 'advise', timeoutS: 10, read, expect: { name, value } }
    })
    const of = work([runStep(['true'])], checks)
    upload(of)
    runFile(of, 'run')
    for (const [at, [, , , said]] of rows.entries()) expect(journal(of)).toContain(`\tcheck\tc${at}\t${said}\n`)
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
    expect([at('a.conf'), stray(), existsSync(of.directory), existsSync(join(host.dir(), 'state/lock'))]).toEqual([
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
    const edit = runStep(['sh', '-c', `printf 'theirs\\n' > ${join(host.dir(), 'etc/a.conf')}; exit 1`])
    const of = work([fileStep('a.conf', 'old\n', 'new\n'), edit])
    upload(of)
    runFile(of, 'run')
    expect([outcome(of), at('a.conf')]).toEqual([['end.foreign-edit-kept'], 'theirs\n'])
  })

  it('does not call applied what did not stay', () => {
    knob('none')
    const reset = runStep(['sh', '-c', `printf 'none\\n' > ${join(host.dir(), 'knob')}`])
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

  it.each([
    ['the guard, where it was none', []],
    ['the boot', ['--boot']],
  ])('leaves an undo that a shutdown broke to %s', (_who, words) => {
    const first = join(host.dir(), 'first')
    const signal = `[ -e ${first} ] || { touch ${first}; read -r pid boot < ${join(host.dir(), 'state/changes/abcdefgh-7/pid')}; kill -s TERM "$pid"; false; }`
    const of = work([runStep(['true'], { undo: { run: ['sh', '-c', signal], timeoutS: 5 } }), runStep(['false'])])
    upload(of)
    runFile(of, 'run')
    expect([outcome(of), existsSync(join(of.root, 'lock'))]).toEqual([[], true])
    runFile(of, 'guard', ...words)
    expect([outcome(of), existsSync(join(of.root, 'lock'))]).toEqual([['end.reverted'], false])
  })

  it('waits before it puts a knob back for what may still write it', () => {
    put('knob', 'a\n')
    const knob = join(host.dir(), 'etc/knob')
    const isWritten = join(host.dir(), 'is-written')
    const writesLate = `{ sleep 0.3; echo b > ${knob}; touch ${isWritten}; } >/dev/null 2>&1 &`
    const waits = `until [ -e ${isWritten} ]; do sleep 0.01; done`
    const undo = { knob, value: 'a', wait: { run: ['sh', '-c', waits], timeoutS: 5 } } as const
    const of = work([runStep(['sh', '-c', writesLate], { undo }), runStep(['false'])])
    upload(of)
    runFile(of, 'run')
    execFileSync('sh', ['-c', waits])
    expect([outcome(of), at('knob')]).toEqual([['end.reverted'], 'a\n'])
  })

  it.each(['applied', 'reverted'])('frees the host and leaves nothing staged while a shutdown ends all: %s', (end) => {
    put('a.conf', 'old\n')
    const of = work([fileStep('a.conf', 'old\n', 'new\n'), runStep([end === 'applied' ? 'true' : 'false'])])
    upload(of)
    // The signal comes to the shell and to each rm of it.
    const rm = `rm() { sh -c 'kill -s TERM "$PPID" "$$"; exec rm "$@"' rm "$@"; }`
    const supervisor = join(of.directory, 'run')
    writeFileSync(
      supervisor,
      readFileSync(supervisor, 'utf8').replace(/^trap .* TERM INT$/m, (trap) => `${trap}\n${rm}`),
    )
    runFile(of, 'run')
    expect([outcome(of), at('a.conf')]).toEqual([[`end.${end}`], end === 'applied' ? 'new\n' : 'old\n'])
    expect([stray(), existsSync(join(of.root, 'lock'))]).toEqual([[], false])
  })

  it('refuses a second change while the lock is there, and can be withdrawn before its start', () => {
    put('a.conf', 'old\n')
    const of = work([fileStep('a.conf', 'old\n', 'new\n')])
    upload(of)
    const second = { ...of, folder: 'abcdefgh-8', directory: `${of.root}/changes/abcdefgh-8` }
    expect(upload(second)).toMatchObject({ code: uploadExit.locked })
    expect(run(withdrawScript(of)).status).toBe(0)
    expect([stray(), existsSync(of.directory), existsSync(join(of.root, 'lock'))]).toEqual([[], false, false])
  })

  it('runs nothing of an upload that was cut in its middle', () => {
    put('a.conf', 'old\n')
    const script = uploadScript(work([fileStep('a.conf', 'old\n', 'new\n')]))
    run(script.slice(0, script.length / 2))
    expect([existsSync(join(host.dir(), 'state')), stray()]).toEqual([false, []])
  })

  it('stops between steps when it is told to, and undoes', () => {
    put('a.conf', 'old\n')
    const of = work([
      fileStep('a.conf', 'old\n', 'new\n'),
      runStep(['sh', '-c', `: > ${join(host.dir(), 'state/changes/abcdefgh-7/state/cancel')}`]),
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
    const file = join(host.dir(), 'bytes')
    const all = Buffer.from(Array.from({ length: 255 }, (_, at) => at + 1)).toString('latin1')
    fc.assert(
      fc.property(bytes, (text) => {
        run(`${putScript}{ ${printBytes(text)}; } > ${file}`)
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
  for (const script of [
    uploadScript(of),
    runScript(of),
    undoScript(of),
    guardScript(of),
    startFunction(of),
    withdrawScript(of),
  ]) {
    const file = join(host.dir(), 'script.sh')
    writeFileSync(file, script.startsWith('#!') ? script : `#!/bin/sh\n${script}`)
    const found = spawnSync('checkbashisms', ['-f', file], { encoding: 'utf8' })
    expect(found.stdout + found.stderr).toBe('')
  }
})
