import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { listSources } from '../check/list-sources.mjs'
import { afterwards, labLanes, lanesOf } from './lab-lanes.mjs'

const files = listSources().filter((file) => /(\.lab\.test\.ts|^e2e\/lab\/lab\.test\.ts)$/.test(file))

it('each lab test runs in exactly one lane', () => {
  expect(files.length).toBeGreaterThan(20)
  expect(files.filter((file) => lanesOf(file).length !== 1)).toEqual([])
})

it('no host is in two lanes that run at once', () => {
  const hosts = labLanes.map(({ name }) => {
    const texts = files.filter((file) => lanesOf(file)[0]?.name === name).map((file) => readFileSync(file, 'utf8'))
    return new Set(texts.flatMap((text) => [...text.matchAll(/'([a-z][a-z0-9]+)'/g)].flatMap(([, word = '']) => word)))
  })
  const shared = labHosts().filter((name) => hosts.filter((words) => words.has(name)).length > 1)
  expect(shared).toEqual([])
})

function labHosts(): string[] {
  return [...readFileSync('e2e/lab/hosts.ts', 'utf8').matchAll(/^ {2}(?:debian|mail|bacula|uml|mesh)\('(\w+)'/gm)].map(
    ([, name = '']) => name,
  )
}

it('what uses all hosts is told', () => {
  expect(lanesOf('e2e/lab/lab.test.ts')).toEqual([afterwards])
})
