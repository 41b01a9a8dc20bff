import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { IS_UNPLACED, LOOK, MARK, PLACE, REMOVE_OPTIONS, UNPLACE, WRITE_OPTIONS } from './scripts'

let top: string
let own: string
let data: string

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'pollux-install-'))
  own = join(top, 'own')
  data = join(top, 'data')
  mkdirSync(join(own, 'mysql'), { recursive: true })
  writeFileSync(join(own, 'ibdata1'), 'tables')
})
afterEach(() => rmSync(top, { recursive: true, force: true }))

function sh(script: string, words: readonly string[], input = ''): { code: number | null; said: string } {
  const { status, stdout } = spawnSync('sh', ['-c', script, 'pollux', ...words], { input, encoding: 'utf8' })
  return { code: status, said: stdout }
}

const place = () => sh(PLACE, [data, own, MARK, userInfo().username])
const unplace = () => sh(UNPLACE, [data, MARK])
const isUnplaced = () => sh(IS_UNPLACED, [data, MARK]).code === 0

describe('the data directory', () => {
  it('is laid once, for one user, and goes again; the package keeps its own', () => {
    expect(isUnplaced()).toBe(true)
    expect([place().code, place().code]).toEqual([0, 0])
    expect(isUnplaced()).toBe(false)
    expect(statSync(data).mode & 0o777).toBe(0o700)
    expect(readdirSync(data).toSorted()).toEqual([MARK, 'ibdata1', 'mysql'])
    expect([unplace().code, unplace().code]).toEqual([0, 0])
    expect(readdirSync(top)).toEqual(['own'])
    expect(isUnplaced()).toBe(true)
  })

  it('ends what was begun, both ways, wherever it was cut short', () => {
    const half = `${data}.pollux-new`
    for (const files of [[], [MARK], [MARK, 'ibdata1']]) {
      for (const [act, after] of [
        [unplace, ['own']],
        [place, ['data', 'own']],
      ] as const) {
        mkdirSync(half)
        for (const file of files) writeFileSync(join(half, file), '')
        expect(act().code, files.join()).toBe(0)
        expect(readdirSync(top).toSorted()).toEqual(after)
      }
      expect(readFileSync(join(data, 'ibdata1'), 'utf8')).toBe('tables')
      unplace()
    }
  })

  it('stays where databases were made in it, and says so', () => {
    place()
    mkdirSync(join(data, 'shop'))
    const kept = unplace()
    expect([kept.code, existsSync(join(data, 'shop'))]).toEqual([0, true])
    expect(kept.said).toMatch(/stays.*\(shop\)/)
    expect(isUnplaced()).toBe(true)
  })

  it('in which a process works is left to it', () => {
    place()
    const worker = spawn('sleep', ['60'], { cwd: data })
    try {
      expect(unplace()).toMatchObject({ code: 1, said: expect.stringContaining('still works in') })
    } finally {
      worker.kill()
    }
    expect(existsSync(join(data, 'ibdata1'))).toBe(true)
  })

  it('of somebody else is neither written nor removed', () => {
    mkdirSync(data)
    writeFileSync(join(data, 'theirs'), '')
    expect(place()).toMatchObject({ code: 1, said: expect.stringContaining('there already') })
    expect([unplace().code, readdirSync(data)]).toEqual([0, ['theirs']])
  })
})

it('an option file goes only while it says what was written, and never over another', () => {
  const file = join(top, 'x.cnf')
  expect([sh(WRITE_OPTIONS, [file], 'a\n').code, sh(WRITE_OPTIONS, [file], 'a\n').code]).toEqual([0, 0])
  expect(sh(WRITE_OPTIONS, [file], 'b\n').code).toBe(1)
  expect(sh(REMOVE_OPTIONS, [file], 'b\n')).toMatchObject({ code: 1, said: expect.stringContaining('edited since') })
  expect(readFileSync(file, 'utf8')).toBe('a\n')
  expect([sh(REMOVE_OPTIONS, [file], 'a\n').code, sh(REMOVE_OPTIONS, [file], 'a\n').code]).toEqual([0, 0])
  expect(readdirSync(top)).toEqual(['own'])
})

it('a first look finds what stands in the way', () => {
  const look = (isNew: string, room = '1') => sh(LOOK, [own, isNew, data, '', room])
  // The folder of this test lets nobody in but its owner.
  expect(look('').said).toContain('may not enter')
  spawnSync('chmod', ['755', top])
  expect(look('')).toEqual({ code: 0, said: '' })
  expect(look('new').said).toContain('not empty')
  expect(look('', '999999999999999').said).toMatch(/too little room.*: \d{3,} KiB/)
  mkdirSync(join(own, 'test'))
  expect(look('').code).toBe(0)
  writeFileSync(join(own, 'test', 'orders.frm'), '')
  expect(look('').said).toContain('holds databases: test.')
  rmSync(join(own, 'test'), { recursive: true })
  mkdirSync(data)
  expect(look('').said).toContain('there already')
})
