import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { readTokens } from './testing/read-tokens'

const top = fileURLToPath(new URL('..', import.meta.url))
const files = ['app', 'components']
  .flatMap((folder) =>
    readdirSync(`${top}${folder}`, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  )
  .filter((name) => /\.(css|tsx)$/.test(name) && !/\.test\.tsx$|tokens\.css$/.test(name))
const sources = files.map((name) => [name, readFileSync(top + name, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')] as const)

it('finds the style sheets', () => {
  expect(files).toContain('components/base/base.css')
  expect(files).toContain('app/globals.css')
})

it.each(sources)('%s has no colour of its own', (_, source) => {
  expect(source).not.toMatch(/#[0-9a-f]{6}\b|#[0-9a-f]{3}\b(?=[;"'\s])|\brgba?\(|\bhsla?\(|\boklch\(/i)
})

it.each(sources)('%s has no text size or colour out of the air', (_, source) => {
  expect(source).not.toMatch(/font-size:\s*\d/)
  expect(source).not.toMatch(/(?:text|bg|border|fill|stroke)-\[/)
})

it.each(sources.filter(([name]) => name.endsWith('.css')))('%s uses only tokens that exist', (name, source) => {
  const tokens = readTokens(`${top}app/tokens.css`)
  const used = [...source.matchAll(/var\((--[\w-]+)/g)].map((match) => match[1] ?? '')
  const own = new Set([...source.matchAll(/(--[\w-]+)\s*:/g)].map((match) => match[1]))
  const handed = ['--finding', '--page-width']
  expect(
    used.filter((token) => !tokens.has(token) && !own.has(token) && !handed.includes(token)),
    name,
  ).toEqual([])
})
