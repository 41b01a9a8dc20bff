import { expect, it } from 'vitest'
import { ownPath } from './own-path'

it.each(['/', '/hosts', '/hosts?q=a%20b&sort=-load', '/changes/7'])('leads to %s', (path) => {
  expect(ownPath(path)).toBe(path)
})

it.each([
  undefined,
  ['/hosts', '/changes'],
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '\\\\evil.example',
  'http://evil.example/hosts',
  'javascript:alert(1)',
  'data:text/html,x',
  'http://[',
])('leads home for %j', (asked) => {
  const path = ownPath(asked)
  expect(path).toBe('/')
})
