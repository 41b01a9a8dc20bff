import { expect, it } from 'vitest'
import { type Actor, type Role, roles } from './actor'
import { authorize, can, findRight, lowestRoleOf, type Right } from './rights'

// The table of the design, written a second time: who has which right.
const table: Readonly<Record<Right, readonly Role[]>> = {
  'read inventory': ['viewer', 'operator', 'admin'],
  'read changes': ['viewer', 'operator', 'admin'],
  'read backups': ['viewer', 'operator', 'admin'],
  'read facts anew': ['operator', 'admin'],
  'plan a change': ['operator', 'admin'],
  'approve a change': ['operator', 'admin'],
  'apply a change': ['operator', 'admin'],
  'revert a change': ['operator', 'admin'],
  'edit host notes': ['operator', 'admin'],
  'operate backups': ['operator', 'admin'],
  'edit host identity': ['admin'],
  'edit catalogs': ['admin'],
  'break a lock': ['admin'],
  'remove files from a host': ['admin'],
  'use credentials': ['admin'],
  'manage users': ['admin'],
  'read audit': ['admin'],
  'edit settings': ['admin'],
}

const cases = Object.entries(table).flatMap(([name, allowed]) =>
  roles.map((role) => ({ role, name, isAllowed: allowed.includes(role) })),
)

function rightOf(name: string): Right {
  const right = findRight(name)
  if (!right) throw new Error(`expected a right, got ${name}`)
  return right
}

it.each(cases)('$role, $name: $isAllowed', ({ role, name, isAllowed }) => {
  const actor: Actor = { kind: 'user', id: 'a', name: 'Ada', role }
  expect(can(actor, rightOf(name))).toBe(isAllowed)
  const run = () => authorize({ actor, requestId: 'test' }, rightOf(name))
  if (isAllowed) expect(run).not.toThrow()
  else
    expect(run).toThrow(
      expect.objectContaining({ code: 'forbidden', data: { right: name, needs: lowestRoleOf(rightOf(name)) } }),
    )
})

it.each(Object.keys(table))('nobody has no right to %s, the command line has it', (name) => {
  expect(can({ kind: 'system', name: 'nobody' }, rightOf(name))).toBe(false)
  expect(can({ kind: 'system', name: 'command line' }, rightOf(name))).toBe(true)
})

it.each(['toString', 'constructor', '__proto__', 'read  audit', ''])('%j is no right', (name) => {
  expect(findRight(name)).toBeNull()
})
