import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readDockerfile } from './read-dockerfile.mjs'

const stages = readDockerfile(readFileSync('Dockerfile', 'utf8'))
const last = stages.at(-1)?.steps ?? []

it('ends as a user without rights, with a health check, and keeps its data in a volume', () => {
  expect(stages).toHaveLength(2)
  expect(last.filter((step) => step.word === 'USER').map((step) => step.text)).toEqual(['node'])
  const words = last.map((step) => step.word)
  expect(words.lastIndexOf('RUN')).toBeLessThan(words.indexOf('USER'))
  expect(last.find((step) => step.word === 'HEALTHCHECK')?.argv?.join(' ')).toContain('/healthz')
  expect(last.find((step) => step.word === 'VOLUME')?.text).toBe('/data')
})

it('knows every instruction that it is tried with', () => {
  expect(() => readDockerfile('FROM a\nONBUILD RUN x\n')).toThrow(/ONBUILD/)
})

const hasCompose = spawnSync('docker-compose', ['--version']).error === undefined

it.skipIf(!hasCompose)(
  "is taken by Debian's docker-compose, on a read-only tree and published to this machine alone",
  () => {
    const { status, stdout, stderr } = spawnSync('docker-compose', ['config'], { encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/read_only: true/)
    expect(stdout).toMatch(/- 127\.0\.0\.1:3000:3000\/tcp/)
    expect(stdout).toMatch(/no-new-privileges:true/)
  },
)
