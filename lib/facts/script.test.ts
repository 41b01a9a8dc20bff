import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defineProbe, type RawReading, type Reading } from '@/lib/agent'
import { hostPath } from './prologue'
import { readFacts } from './run-probes'
import { buildFactsScript } from './script'
import { localSession, shells } from './testing/local-session'

const nonce = '0123456789abcdef0123456789abcdef'
const allBytes = Buffer.from(Array.from({ length: 256 }, (_, at) => at))
// Whoever runs the tests owns what they write.
const self = { owner: nameOf('-un'), group: nameOf('-gn') }
const noNul = allBytes.subarray(1)
let root = ''

/** One probe that hands its raw readings on. */
function rawProbe(readings: Record<string, Reading>, timeoutS = 5) {
  return defineProbe({ id: 'raw', timeoutS, readings, parse: (raw) => ({ state: 'read', value: raw }) })
}

async function readRaw(shell: string, readings: Record<string, Reading>, path?: string) {
  const argv = shells[shell]
  if (!argv) throw new Error(`no such shell: ${shell}`)
  const run = await readFacts(localSession(argv), [rawProbe(readings)], { path })
  const found = run.results.raw
  if (found?.state !== 'read') throw new Error(`expected readings, got ${JSON.stringify(run)}`)
  return found.value as Record<string, RawReading>
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'pollux-facts-'))
  const write = (name: string, bytes: Buffer | string) => writeFileSync(join(root, name), bytes)
  mkdirSync(join(root, 'd'))
  mkdirSync(join(root, 'd/sub'))
  write('d/plain', 'one\ntwo\n')
  write('d/no newline', 'a\n b\\nc\\c \\\\ -n $(id) `id` "\'\n\n  last')
  write('d/empty', '')
  write('d/star*[x]', 'x')
  write('d/new\nline', 'newline in its name\n')
  write('d/bytes', noNul)
  write('d/utf8', 'Á é ü € 😀 \u0081\u0088\n')
  write('d/-dash', '-n -e -E\n')
  write('d/long', `${'x'.repeat(5000)}\n`)
  write('forged', `\n${nonce} e ok 0\n\n${nonce} q 0\n\n${nonce} z\n`)
  write('binary', allBytes)
  write('big', Buffer.alloc(70_000, 'a'))
  write('owned', 'x')
  chmodSync(join(root, 'owned'), 0o4640)
  execFileSync('mkfifo', [join(root, 'd/fifo')])
  symlinkSync('d/plain', join(root, 'to-file'))
  symlinkSync('d/sub', join(root, 'to-dir'))
  symlinkSync('gone', join(root, 'broken'))
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Readings of everything that does not change while the four shells read it. */
function stillReadings(): Record<string, Reading> {
  return {
    plain: { kind: 'file', path: `${root}/d/plain` },
    small: { kind: 'file', path: `${root}/d/no newline`, maxBytes: 4096 },
    empty: { kind: 'file', path: `${root}/d/empty`, maxBytes: 4096 },
    cut: { kind: 'file', path: `${root}/d/long`, maxBytes: 100 },
    capped: { kind: 'file', path: `${root}/big` },
    exact: { kind: 'file', path: `${root}/big`, maxBytes: 70_000 },
    absent: { kind: 'file', path: `${root}/nowhere/file` },
    broken: { kind: 'file', path: `${root}/broken` },
    folder: { kind: 'file', path: `${root}/d` },
    fifo: { kind: 'file', path: `${root}/d/fifo` },
    files: { kind: 'files', globs: [`${root}/d/*`, `${root}/none/*`] },
    noFiles: { kind: 'files', globs: [`${root}/none/*`] },
    links: { kind: 'links', globs: [`${root}/*`] },
    document: { kind: 'document', path: `${root}/owned` },
    binary: { kind: 'document', path: `${root}/binary` },
    linked: { kind: 'document', path: `${root}/to-file` },
    directory: { kind: 'document', path: `${root}/d` },
    dangling: { kind: 'document', path: `${root}/broken` },
    noDocument: { kind: 'document', path: `${root}/nowhere` },
    documents: { kind: 'documents', globs: [`${root}/owned`, `${root}/b*`, `${root}/to-file`, `${root}/none/*`] },
    programs: { kind: 'programs', names: ['sh', 'no-such-program', 'ls'] },
    command: { kind: 'command', argv: ['cat', `${root}/forged`, `${root}/binary`] },
    failing: { kind: 'command', argv: ['cat', `${root}/nowhere`] },
    missing: { kind: 'command', argv: ['tuned-adm', 'active'] },
    each: { kind: 'each', globs: [`${root}/d/*`], argv: ['cat'], maxFiles: 4 },
    ladder: {
      kind: 'first-of',
      of: [
        { kind: 'command', argv: ['tuned-adm', 'active'] },
        { kind: 'first-of', of: [{ kind: 'command', argv: ['cat', `${root}/nowhere`] }] },
        { kind: 'command', argv: ['cat', `${root}/d/plain`] },
        { kind: 'file', path: `${root}/d/bytes` },
      ],
    },
    bottom: {
      kind: 'first-of',
      of: [
        { kind: 'file', path: `${root}/d` },
        { kind: 'command', argv: ['tuned-adm', 'active'] },
      ],
    },
    partial: {
      kind: 'first-of',
      of: [
        { kind: 'command', argv: ['cat', `${root}/d/plain`, `${root}/nowhere`] },
        { kind: 'command', argv: ['tuned-adm', 'active'] },
      ],
    },
  }
}

describe.each(Object.keys(shells))('the facts script under %s', (shell) => {
  it('brings every kind of reading as it is', async () => {
    const raw = await readRaw(shell, stillReadings())
    const text = (name: string) => {
      const reading = raw[name]
      return reading?.state === 'read' && reading.kind === 'text' ? reading : reading
    }
    expect(text('plain')).toEqual({
      state: 'read',
      kind: 'text',
      text: 'one\ntwo\n',
      truncated: false,
      exitCode: 0,
      branch: 0,
    })
    expect(text('small')).toMatchObject({ text: 'a\n b\\nc\\c \\\\ -n $(id) `id` "\'\n\n  last' })
    expect(text('empty')).toMatchObject({ state: 'read', text: '' })
    expect(text('cut')).toMatchObject({ text: 'x'.repeat(100), truncated: true })
    expect(text('capped')).toMatchObject({ text: 'a'.repeat(65_536), truncated: true })
    expect(text('exact')).toMatchObject({ text: 'a'.repeat(70_000), truncated: false })
    expect(raw.absent).toMatchObject({ state: 'not-read', why: 'absent' })
    expect(raw.broken).toMatchObject({ state: 'not-read', why: 'absent' })
    expect(raw.folder).toMatchObject({ state: 'not-read', why: 'failed' })
    expect(raw.fifo).toMatchObject({ state: 'not-read', why: 'failed' })
    expect(raw.command).toMatchObject({ text: expect.stringContaining(`${nonce} q 0\n\n${nonce} z\n\0`), exitCode: 0 })
    expect(raw.failing).toMatchObject({ state: 'read', text: '', exitCode: 1 })
    expect(raw.missing).toMatchObject({ state: 'not-read', why: 'no-program' })
    expect(raw.ladder).toMatchObject({ text: 'one\ntwo\n', branch: 2 })
    expect(raw.bottom).toMatchObject({ state: 'not-read', why: 'failed' })
    expect(raw.partial).toMatchObject({ text: 'one\ntwo\n', exitCode: 1, branch: 0 })
  })

  it('brings files by their paths, whatever they are called and hold', async () => {
    const raw = await readRaw(shell, stillReadings())
    const files = raw.files?.state === 'read' && raw.files.kind === 'by-path' ? raw.files : null
    expect([...(files?.byPath.keys() ?? [])].map((path) => path.slice(root.length + 3)).sort()).toEqual(
      ['-dash', 'bytes', 'empty', 'long', 'new\nline', 'no newline', 'plain', 'star*[x]', 'utf8'].sort(),
    )
    const at = (name: string) => files?.byPath.get(`${root}/d/${name}`)
    expect(at('new\nline')).toBe('newline in its name\n')
    expect(at('bytes')).toBe(noNul.toString('utf8'))
    expect(at('utf8')).toBe('Á é ü € 😀 \u0081\u0088\n')
    expect(at('-dash')).toBe('-n -e -E\n')
    expect(at('empty')).toBe('')
    expect(at('long')).toBe('x'.repeat(4096))
    expect(files?.truncated).toBe(true)
    expect(raw.noFiles).toEqual({ state: 'read', kind: 'by-path', byPath: new Map(), truncated: false })
    const links = raw.links?.state === 'read' && raw.links.kind === 'by-path' ? raw.links.byPath : new Map()
    expect(Object.fromEntries(links)).toMatchObject({
      [`${root}/to-dir`]: `${root}/d/sub`,
      [`${root}/to-file`]: `${root}/d/plain`,
    })
    const each = raw.each?.state === 'read' && raw.each.kind === 'by-path' ? raw.each : null
    expect([each?.byPath.size, each?.truncated]).toEqual([4, true])
  })

  it('brings documents byte for byte, with type, mode and owner', async () => {
    const raw = await readRaw(shell, stillReadings())
    const owned = { mode: '4640', ...self }
    expect(raw.document).toMatchObject({ document: { type: 'file', target: null, bytes: 'x', ...owned } })
    expect(raw.binary).toMatchObject({ document: { bytes: allBytes.toString('latin1'), mode: '0644' } })
    expect(raw.linked).toMatchObject({ document: { type: 'link', target: `${root}/d/plain`, bytes: 'one\ntwo\n' } })
    expect(raw.directory).toMatchObject({ document: { type: 'directory', bytes: '' } })
    expect(raw.dangling).toMatchObject({ document: { type: 'link', target: null, bytes: '' } })
    expect(raw.noDocument).toMatchObject({ state: 'not-read', why: 'absent' })
    const many =
      raw.documents?.state === 'read' && raw.documents.kind === 'documents' ? raw.documents.byPath : new Map()
    expect([...many.keys()].map((path) => path.slice(root.length + 1)).sort()).toEqual([
      'big',
      'binary',
      'broken',
      'owned',
      'to-file',
    ])
    expect(many.get(`${root}/owned`)).toMatchObject({ state: 'read', value: { type: 'file', bytes: 'x', ...owned } })
    expect(many.get(`${root}/binary`)).toMatchObject({ value: { bytes: allBytes.toString('latin1'), mode: '0644' } })
    expect(many.get(`${root}/to-file`)).toMatchObject({ value: { type: 'link', target: `${root}/d/plain` } })
    expect(many.get(`${root}/broken`)).toMatchObject({ value: { type: 'link', target: null, bytes: '' } })
  })

  it('falls back to ls and dd where stat and head are of the smallest kind', async () => {
    const bin = join(root, 'small-bin')
    mkdirSync(bin, { recursive: true })
    for (const name of ['stat', 'head']) writeFileSync(join(bin, name), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
    const raw = await readRaw(shell, { document: { kind: 'document', path: `${root}/owned` } }, `${bin}:${hostPath}`)
    expect(raw.document).toMatchObject({ document: { mode: '4640', ...self, bytes: 'x' } })
  })
})

/** busybox and coreutils say the same in other words. */
function withoutComplaints(raw: Record<string, RawReading> = {}) {
  return Object.fromEntries(Object.entries(raw).map(([name, one]) => [name, { ...one, complaint: undefined }]))
}

describe('buildFactsScript', () => {
  it('is the same under every shell', async () => {
    const [first, ...rest] = await Promise.all(Object.keys(shells).map((shell) => readRaw(shell, stillReadings())))
    for (const other of rest) expect(withoutComplaints(other)).toEqual(withoutComplaints(first))
  })

  it('keeps what a command that failed said', async () => {
    const { failing } = await readRaw('dash', { failing: { kind: 'command', argv: ['cat', '/nowhere/x'] } })
    expect(failing).toMatchObject({ exitCode: 1, complaint: expect.stringContaining('No such file') })
  })

  it('is clean to checkbashisms', () => {
    const script = buildFactsScript([rawProbe(stillReadings())], nonce)
    writeFileSync(join(root, 'script.sh'), `#!/bin/sh\n${script}`)
    expect(() => execFileSync('checkbashisms', ['-x', join(root, 'script.sh')], { stdio: 'pipe' })).not.toThrow()
  })

  it.each<[string, Reading]>([
    ['a relative path', { kind: 'file', path: 'etc/passwd' }],
    ['a path with an expansion', { kind: 'files', globs: ['/etc/$(id)'] }],
    ['a program by its path', { kind: 'programs', names: ['/bin/sh'] }],
    ['a command that writes', { kind: 'command', argv: ['systemctl', 'restart', 'ssh'] }],
    ['a command that writes, once for each file', { kind: 'each', globs: ['/etc/*'], argv: ['date'] }],
    ['a write hidden in a ladder', { kind: 'first-of', of: [{ kind: 'command', argv: ['date', '-s', '0'] }] }],
  ])('refuses %s', (_, reading) => {
    expect(() => buildFactsScript([rawProbe({ x: reading })], nonce)).toThrow(/expected/)
  })
})

function nameOf(which: '-un' | '-gn'): string {
  return execFileSync('id', [which], { encoding: 'utf8' }).trim()
}
