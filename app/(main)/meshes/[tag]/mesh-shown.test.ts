import { expect, it } from 'vitest'
import { innerTail } from './mesh-shown'

it.each([
  ['10.20.0.7', '10.20.0.0/24', '.7'],
  ['10.20.3.7', '10.20.0.0/22', '.3.7'],
  ['10.20.3.7', '10.0.0.0/8', '.20.3.7'],
])('%s in %s ends in %s', (inner, prefix, tail) => {
  expect(innerTail(inner, prefix)).toBe(tail)
})
