import { describe, expect, it } from 'vitest'
import { jobLevelWords, jobStatusWords, jobTypeWords, statusCodesOf } from './job-words'

describe('jobStatusWords', () => {
  it.each([
    ['T', 'good'],
    ['W', 'warned'],
    ['D', 'warned'],
    ['E', 'failed'],
    ['e', 'failed'],
    ['f', 'failed'],
    ['I', 'failed'],
    ['A', 'canceled'],
    ...[...'RlLaiuw'].map((code) => [code, 'running']),
    ...[...'CBFSmMqsjcdpt'].map((code) => [code, 'waiting']),
    ['x', 'unknown'],
    ['toString', 'unknown'],
  ])('%s is %s', (code, severity) => {
    expect(jobStatusWords(code).severity).toBe(severity)
  })

  it.each([...'EeCcFfSsMmAaIiLlDdWwTt'].map((code) => [code]))('%s is not its other case', (code) => {
    const other = code === code.toLowerCase() ? code.toUpperCase() : code.toLowerCase()
    expect(jobStatusWords(code).words).not.toBe(jobStatusWords(other).words)
  })

  it('calls a job that ended well with errors a warning, and only such a one', () => {
    expect(jobStatusWords('T', 1)).toMatchObject({ severity: 'warned', words: 'ended well, with 1 error' })
    expect(jobStatusWords('f', 3)).toMatchObject({ severity: 'failed', words: 'fatal error' })
  })

  it('knows who waits for a person', () => {
    const waiting = [...'TWDEefIARlLaiuwCBFSmMqsjcdpt'].filter((code) => jobStatusWords(code).needsHands)
    expect(waiting).toEqual(['m', 'M'])
  })

  it('gives the codes of a severity', () => {
    expect(statusCodesOf('failed').sort()).toEqual(['E', 'I', 'e', 'f'])
    expect(statusCodesOf('unknown')).toEqual([])
  })
})

it.each([
  ['B', 'backup'],
  ['C', 'copy of a job'],
  ['c', 'copy control'],
  ['M', 'migrated backup'],
  ['g', 'migration control'],
  ['D', 'admin'],
  ['?', 'type "?", not known to Pollux'],
])('the type %s is a %s', (code, words) => {
  expect(jobTypeWords(code)).toBe(words)
})

it.each([
  ['F', 'Full', 'full'],
  ['f', 'Virtual Full', 'full'],
  ['D', 'Differential', 'differential'],
  ['d', 'verify disk', null],
  ['I', 'Incremental', 'incremental'],
  ['B', 'Base', 'base'],
  [' ', 'none', null],
  ['z', 'level "z", not known to Pollux', null],
])('the level %j is %s', (code, words, backup) => {
  expect(jobLevelWords(code)).toEqual({ words, backup })
})
