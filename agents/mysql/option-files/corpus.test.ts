import { readdirSync, readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseOptionFile, printOptionFile } from './document'
import { withOptions } from './edit'
import { lastReadPlace } from './last-read-place'
import { readOrder } from './read-order'
import { setBy } from './set-by'
import { file, host, version } from './testing/sources'

const folder = fileURLToPath(new URL('corpus/', import.meta.url))
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => statSync(folder + path).isFile() && !path.endsWith('.md'))
  .map((path) => ({ path, bytes: readFileSync(folder + path, 'latin1') }))

it('is whole', () => expect(files).toHaveLength(39))

describe.each(files)('$path', ({ path, bytes }) => {
  it.each([bytes, bytes.replaceAll('\n', '\r\n'), bytes.trimEnd()])('is printed as it was parsed', (text) => {
    const { lines } = parseOptionFile(text)
    expect(printOptionFile({ lines })).toBe(text)
    expect(lines.filter(({ kind }) => kind === 'odd')).toEqual([])
    // The files for clients have groups alone.
    if (!path.endsWith('.fallback')) expect(lines.some(({ kind }) => kind === 'group')).toBe(true)
  })

  it('has each option set to something else, and back to every byte', () => {
    const document = parseOptionFile(bytes)
    let group = ''
    for (const line of document.lines) {
      if (line.kind === 'group') group = line.name
      if (line.kind !== 'option' || line.value === null) continue
      const changed = withOptions(document, group, [{ name: line.name, do: 'set', value: 'a # "b"' }])
      const [now] = changed.lines.slice(line.line - 1)
      expect(now).toMatchObject({ kind: 'option', name: line.name, value: 'a # "b"' })
      const back = withOptions(changed, group, [{ name: line.name, do: 'set', value: line.value }])
      // Quotes that are not needed are not written again.
      expect(printOptionFile(back).replaceAll('"', '')).toBe(bytes.replaceAll('"', ''))
    }
  })
})

/** A release's host, with my.cnf as its packages link it. */
function release(name: string): Record<string, string | ReturnType<typeof file>> {
  const inside = files.filter(({ path }) => path.startsWith(`${name}/`))
  const main = inside.find(({ path }) => path.endsWith('/mariadb.cnf'))?.bytes ?? ''
  return {
    ...Object.fromEntries(inside.map(({ path, bytes }) => [path.slice(name.length), bytes])),
    '/etc/mysql/my.cnf': file(main, { type: 'link' }),
  }
}

describe.each([
  ['debian-11', '10.5.23-MariaDB'],
  ['debian-12', '10.11.19-MariaDB'],
  ['debian-13', '11.8.9-MariaDB'],
] as const)('a fresh %s', (name, text) => {
  const order = readOrder(host({ '/etc/mysql/conf.d': null, ...release(name) }, { version: version(text) }))

  it('is read whole', () => {
    expect(order).toMatchObject({ problems: [], isComplete: true, isOrderSure: true })
    const found = setBy(order, version(text))
    expect(found.map((each) => [each.name, each.doubt])).toContainEqual(['bind_address', null])
    expect(found.find((each) => each.name === 'bind_address')?.winner).toMatchObject({
      value: '127.0.0.1',
      file: '/etc/mysql/mariadb.conf.d/50-server.cnf',
    })
    expect(found.find((each) => each.name === 'socket')?.winner.file).toBe('/etc/mysql/my.cnf')
  })

  it('is changed in mariadb.conf.d', () => {
    expect(lastReadPlace(order, version(text))).toMatchObject({
      path: '/etc/mysql/mariadb.conf.d/zz-pollux.cnf',
      later: [],
    })
  })
})
