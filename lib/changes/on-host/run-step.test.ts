import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Argv, type RunStep, shadowFolder } from '@/lib/agent'
import { hostFixture, shells } from './testing/host-fixture'

const host = hostFixture()
const { fileStep, runStep, work, put, at, stray } = host
const inDir = (name: string) => join(host.dir(), name)
const says = (name: string) => readFileSync(inDir(name), 'utf8')
const sh = (script: string, ...words: string[]): Argv => ['sh', '-c', script, 'sh', ...words]
const undoBy = (script: string) => ({ undo: { run: sh(script), timeoutS: 5 } })
/** Ends the supervisor as a power cut does. */
const dies = () => runStep(sh(`read -r pid boot < ${inDir('state/changes/abcdefgh-7/pid')}; kill -s KILL "$pid"`))

describe.each(shells)('with %s', (...shell: string[]) => {
  const { upload, runFile, outcome, journal } = host.with(shell)

  describe('a command that looks at files before they are written', () => {
    const looks = (...names: string[]) => {
      const folder = 'ls -A "$1" > seen.names; cat "$1"/* > seen; cat etc/a.conf > real'
      return runStep(sh(`cd ${host.dir()} && ${folder}`, shadowFolder), {
        shadow: names.map((name) => join(host.dir(), 'etc', name)),
      })
    }

    it('finds them as they will stand, and those that stay as they are, under their own names', () => {
      put('a.conf', 'a old\n')
      put('b.conf', 'b old\n')
      const of = work([
        looks('a.conf', 'b.conf', 'c.conf'),
        fileStep('c.conf', null, 'c new\n'),
        fileStep('a.conf', 'a old\n', 'a new\n'),
      ])
      upload(of)
      runFile(of, 'run')
      expect([outcome(of), at('a.conf'), at('c.conf')]).toEqual([['end.applied'], 'a new\n', 'c new\n'])
      expect([says('seen.names'), says('seen'), says('real')]).toEqual([
        'a.conf\nb.conf\nc.conf\n',
        'a new\nb old\nc new\n',
        'a old\n',
      ])
      expect(existsSync(`${of.directory}/shadow.1`)).toBe(false)
    })

    it('finds what a later phase writes', () => {
      put('a.conf', 'a old\n')
      const phases = [[looks('a.conf')], [fileStep('a.conf', 'a old\n', 'a new\n')]]
      const of = work([], [], { phases })
      upload(of)
      runFile(of, 'run')
      expect([outcome(of), says('seen')]).toEqual([['end.applied'], 'a new\n'])
    })

    it('keeps anything from being written where it does not like them, and leaves no folder', () => {
      put('a.conf', 'a old\n')
      const refuses = runStep(sh('grep -q right "$1"/a.conf', shadowFolder), { shadow: [inDir('etc/a.conf')] })
      const of = work([refuses, fileStep('a.conf', 'a old\n', 'wrong\n')])
      upload(of)
      runFile(of, 'run')
      expect([outcome(of), at('a.conf'), stray()]).toEqual([['end.reverted'], 'a old\n', []])
      expect(journal(of)).toMatch(/\tfailed\t1\t1\n/)
      expect(journal(of)).not.toContain('\tstart\t2\t')
      expect(existsSync(`${of.directory}/shadow.1`)).toBe(false)
    })

    it('finds them under any name, of which nothing is run', () => {
      const names = ['$(touch harm)', '`touch harm`', 'a \'b" ; touch harm #', '-rf', 'two\nlines', shadowFolder]
      names.forEach((name, at) => {
        put(name, `file ${at}\n`)
      })
      put('a.conf', '')
      const of = work([looks(...names)])
      upload(of)
      runFile(of, 'run')
      expect(outcome(of)).toEqual(['end.applied'])
      expect(says('seen').split('\n').sort().slice(1)).toEqual(names.map((_, at) => `file ${at}`))
      expect([process.cwd(), host.dir(), of.directory].filter((at) => existsSync(join(at, 'harm')))).toEqual([])
      expect(existsSync(`${of.directory}/shadow.1`)).toBe(false)
    })

    it('is told the folder by a word of its own, and by no part of one', () => {
      put('a.conf', '')
      const words = [shadowFolder, `${shadowFolder}/a.conf`, `x${shadowFolder}`]
      const of = work([
        runStep(sh(`printf '%s\\n' "$@" > ${inDir('words')}`, ...words), { shadow: [inDir('etc/a.conf')] }),
      ])
      upload(of)
      runFile(of, 'run')
      expect(says('words')).toBe([`${of.directory}/shadow.1`, ...words.slice(1), ''].join('\n'))
    })

    it('leaves no folder when it takes too long', () => {
      put('a.conf', '')
      const of = work([runStep(['sleep', '20'], { shadow: [inDir('etc/a.conf')], timeoutS: 1 })])
      upload(of)
      runFile(of, 'run')
      expect([outcome(of), existsSync(`${of.directory}/shadow.1`)]).toEqual([['end.reverted'], false])
    })

    it('is not run where one of them is not there', () => {
      const of = work([looks('gone.conf')])
      upload(of)
      runFile(of, 'run')
      expect([outcome(of), existsSync(inDir('seen'))]).toEqual([['end.reverted'], false])
    })
  })

  describe('a command whose undo is nobody’s while the host boots', () => {
    const told = (notAtBoot: boolean) => ({
      ...undoBy(`cat ${inDir('etc/a.conf')} >> ${inDir('told')}`),
      ...(notAtBoot ? { notAtBoot: true as const } : {}),
    })

    it.each([
      ['left out then', true, false],
      ['run then, unless it says so', false, true],
    ])('is %s', (_, notAtBoot, isTold) => {
      put('a.conf', 'old\n')
      const of = work([runStep(['true'], told(notAtBoot)), fileStep('a.conf', 'old\n', 'new\n'), dies()])
      upload(of)
      runFile(of, 'run')
      expect([outcome(of), at('a.conf')]).toEqual([[], 'new\n'])
      runFile(of, 'guard', '--boot')
      expect([outcome(of), at('a.conf'), existsSync(inDir('told'))]).toEqual([['end.reverted'], 'old\n', isTold])
    })

    it('is run at any other time, once everything else is as before', () => {
      put('a.conf', 'old\n')
      const of = work([runStep(['true'], told(true)), fileStep('a.conf', 'old\n', 'new\n'), runStep(['false'])])
      upload(of)
      runFile(of, 'run')
      expect([outcome(of), at('a.conf'), says('told')]).toEqual([['end.reverted'], 'old\n', 'old\n'])
    })

    it('is not proved then either', () => {
      const no = { ...told(true), isUndone: ['false'] as const }
      put('a.conf', 'old\n')
      const of = work([runStep(['true'], no), dies()])
      upload(of)
      runFile(of, 'run')
      runFile(of, 'guard', '--boot')
      expect(outcome(of)).toEqual(['end.reverted'])
    })
  })

  describe('a secret that nobody needs afterwards', () => {
    const secret = "s3cr'et [x]"
    const tells = (more: Partial<RunStep> = {}) =>
      runStep(sh(`cat >> ${inDir('told')}`), { input: `${secret}\n`, ...undoBy(':'), ...more })
    const undo = () => ({ run: sh(`cat >> ${inDir('back')}`), input: `undo ${secret}\n`, timeoutS: 5 })

    it.each([
      ['stands', [], 'end.applied'],
      ['was taken back', [runStep(['false'])], 'end.reverted'],
    ])('is told to the steps, and lies nowhere in the folder once the change %s', (_, more, end) => {
      const of = work([tells({ undo: undo() }), tells({ input: 'other\n' }), ...more], [], {
        secrets: [secret],
        forgets: [secret],
      })
      upload(of)
      runFile(of, 'run')
      expect([outcome(of), says('told')]).toEqual([[end], `${secret}\nother\n`])
      expect(end === 'end.applied' || says('back') === `undo ${secret}\n`).toBe(true)
      const names = readdirSync(of.directory, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
      const all = names.map((one) => readFileSync(join(one.parentPath, one.name), 'utf8'))
      expect(all.filter((text) => text.includes('s3cr'))).toEqual([])
      expect(readFileSync(join(of.directory, 'in/2'), 'utf8')).toBe('other\n')
    })

    it('is nothing for an undo by hand', () => {
      const of = work([tells({ undo: undo() })], [], { secrets: [secret], forgets: [secret] })
      upload(of)
      runFile(of, 'run')
      runFile(of, 'undo')
      expect([outcome(of), says('back')]).toEqual([['end.reverted'], ''])
    })
  })

  describe('a command that tells whether all is as before', () => {
    it.each([
      ['true', 'end.reverted'],
      ['false', 'end.undo-failed'],
    ])('is believed: %s', (program, end) => {
      const of = work([runStep(['true'], { ...undoBy(':'), isUndone: [program] }), runStep(['false'])])
      upload(of)
      runFile(of, 'run')
      expect(outcome(of)).toEqual([end])
      expect(journal(of).includes('\tnot-as-before\t1\t')).toBe(end !== 'end.reverted')
    })

    it('is asked once everything was undone, also what was undone after its own step', () => {
      put('a.conf', 'old\n')
      const isUndone = sh(`cat ${inDir('etc/a.conf')} > ${inDir('asked')}`)
      const of = work([
        fileStep('a.conf', 'old\n', 'new\n'),
        runStep(['true'], { ...undoBy(':'), isUndone }),
        runStep(['false']),
      ])
      upload(of)
      runFile(of, 'run')
      expect([outcome(of), says('asked')]).toEqual([['end.reverted'], 'old\n'])
    })

    it('is not asked of a step that never began, nor where nothing is undone', () => {
      const never = runStep(['true'], { ...undoBy(':'), isUndone: ['false'] })
      const of = work([runStep(['false']), never])
      upload(of)
      runFile(of, 'run')
      expect(outcome(of)).toEqual(['end.reverted'])
      const stands = work([never], [], { folder: 'abcdefgh-8', directory: inDir('state/changes/abcdefgh-8') })
      upload(stands)
      runFile(stands, 'run')
      expect(outcome(stands)).toEqual(['end.applied'])
    })

    it('has its answer cut short when it takes too long', () => {
      const slow = { undo: { run: ['true'], timeoutS: 1 }, isUndone: ['sleep', '20'] } as const
      const of = work([runStep(['true'], slow), runStep(['false'])])
      upload(of)
      runFile(of, 'run')
      expect(outcome(of)).toEqual(['end.undo-failed'])
    })

    it('is asked again by whoever takes it back by hand', () => {
      const isUndone = ['test', '-e', inDir('put-right')] as const
      const of = work([runStep(['true'], { ...undoBy(':'), isUndone }), runStep(['false'])])
      upload(of)
      runFile(of, 'run')
      expect(outcome(of)).toEqual(['end.undo-failed'])
      put('../put-right', '')
      runFile(of, 'undo')
      expect(outcome(of)).toEqual(['end.reverted'])
    })
  })
})
