import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseOptionFile } from './document'
import { readOrder } from './read-order'
import { anyFile } from './testing/files'
import { file, version } from './testing/sources'

// The server's own reader. MY_PRINT_DEFAULTS names one that is not installed.
const reader = process.env['MY_PRINT_DEFAULTS'] ?? 'my_print_defaults'
const isThere = spawnSync(reader, ['--version']).status === 0
if (!isThere) console.info(`Not compared with the server's own reader: there is no ${reader} on this machine.`)

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'option-files-'))
  mkdirSync(join(root, 'd'))
  writeFileSync(join(root, 'i.cnf'), '[mysqld]\ni = "a#b" # c\n[client]\nj=1')
  writeFileSync(join(root, 'bad.cnf'), '[mysqld]\nk=1\n[open\nl=1\n')
  for (const name of ['b.cnf', 'A.cnf', '.c.cnf', 'd.e.cnf', 'f.CNF', 'g.cnf~'])
    writeFileSync(join(root, 'd', name), `[mysqld]\nfrom=${name}\n`)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** What the real reader prints for the file, null where it gives up; and what is read here. */
function both(bytes: string): { real: string | null; here: string | null; isComplete: boolean } {
  const path = join(root, 'my.cnf')
  writeFileSync(path, bytes, 'latin1')
  const { status, stdout } = spawnSync(reader, [`--defaults-file=${path}`, 'mysqld'], { encoding: 'latin1' })
  const { settings, problems, isComplete } = readOrder({
    startFiles: [path],
    version: version('10.11.19-MariaDB'),
    fileAt: (at) => {
      try {
        return file(readFileSync(at, 'latin1'))
      } catch {
        return { state: 'absent' }
      }
    },
    listDir: (at) => {
      try {
        return { state: 'there', names: readdirSync(at) }
      } catch {
        return { state: 'absent' }
      }
    },
  })
  const lines = settings
    .filter(({ group }) => group.toLowerCase() === 'mysqld')
    .map(({ written, value }) => `--${written}${value === null ? '' : `=${value}`}\n`)
  const isStopped = problems.some(({ effect }) => effect === 'stops-server')
  return { real: status === 0 ? stdout : null, here: isStopped ? null : lines.join(''), isComplete }
}

describe("the server's own reader", () => {
  it('reads generated files as they are read here', (context) => {
    if (!isThere) context.skip(`there is no ${reader} on this machine`)
    const include = fc.constantFrom('i.cnf', 'bad.cnf', 'd', 'd/', 'my.cnf', 'none.cnf', 'none/').map((name) => {
      const isFolder = /^(d|none)\/?$/.test(name)
      return (end: string) => `!include${isFolder ? 'dir' : ''} ${root}/${name}${end}`
    })
    const pieces = fc.array(fc.oneof(anyFile, include), { minLength: 1, maxLength: 3 })
    const whole = fc
      .tuple(pieces, fc.constantFrom('', '\n', ' \r\n'))
      .map(([parts, end]) => parts.map((part) => (typeof part === 'string' ? part : part(end || '\n'))).join('\n'))
    let readable = 0
    fc.assert(
      fc.property(whole, (bytes) => {
        // What it makes of these is no option that a server knows, and not always the same.
        const isOdd = parseOptionFile(bytes).lines.some((line) => line.kind === 'odd' && line.why === 'no-name')
        if (isOdd) return
        const { real, here, isComplete } = both(bytes)
        // Files that include each other twice are not followed to their end.
        if (!isComplete) return
        expect(here).toBe(real)
        if (here) readable += 1
      }),
      { numRuns: 60 },
    )
    expect(readable).toBeGreaterThan(10)
    // A process for each file.
  }, 120_000)

  it('loses the last letter of an include without a line end', (context) => {
    if (!isThere) context.skip(`there is no ${reader} on this machine`)
    const { real, here } = both(`[mysqld]\na=1\n!include ${root}/i.cnf`)
    expect([real, here]).toEqual(['--a=1\n', '--a=1\n'])
  })
})
