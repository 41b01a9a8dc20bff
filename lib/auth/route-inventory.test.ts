import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { skipReason } from '@/lib/ssh/testing/skip-reason'
import { isOpenRoute, openActions, openHandlers, openPages } from './open-routes'
import { fillPattern, readRouteInventory, routeInventory } from './route-inventory'

const action = { exportedName: 'renameAction', filename: 'app/(main)/hosts/actions.ts' }

describe('routeInventory', () => {
  it('lists pages, handlers, and actions with the pages that carry them', () => {
    const inventory = routeInventory(
      {
        '/(main)/page': '/',
        '/(main)/hosts/[id]/page': '/hosts/[id]',
        '/healthz/route': '/healthz',
        '/_not-found/page': '/_not-found',
      },
      { node: { ab12: { ...action, workers: { 'app/(main)/hosts/[id]/page': {} } } }, edge: {} },
    )
    expect(inventory).toEqual({
      pages: ['/', '/_not-found', '/hosts/[id]'],
      handlers: ['/healthz'],
      actions: [{ id: 'ab12', name: 'renameAction', file: action.filename, pages: ['/hosts/[id]'] }],
    })
  })

  it('throws for what it does not know, so that a test of all routes leaves none out', () => {
    expect(() => routeInventory({ '/strange/thing': '/strange' }, { node: {}, edge: {} })).toThrow('/strange/thing')
    expect(() => routeInventory({}, { node: { ab12: {} }, edge: {} })).toThrow()
    expect(() => routeInventory({}, {})).toThrow()
  })
})

const isBuilt = existsSync('.next/server/server-reference-manifest.json')

describe.skipIf(skipReason(isBuilt ? null : 'there is no build yet'))('a real build', () => {
  it('has every open page, handler and action, and each action on a page', () => {
    const { pages, handlers, actions } = readRouteInventory('.next')
    expect(pages).toEqual(expect.arrayContaining([...openPages, '/']))
    expect(handlers).toEqual(expect.arrayContaining([...openHandlers]))
    expect(actions.map((one) => one.name)).toEqual(expect.arrayContaining([...openActions]))
    expect(actions.filter((one) => one.pages.length === 0)).toEqual([])
  })
})

it('takes for open what is listed, letter by letter', () => {
  expect(isOpenRoute('/sign-in')).toBe(true)
  for (const other of ['/', '/sign-in/', '/sign-in/x', '/Sign-in', '/hosts/[id]'])
    expect(isOpenRoute(other)).toBe(false)
})

it.each([
  ['/hosts/[id]/edit', '/hosts/a%2Fb/edit'],
  ['/files/[...path]', '/files/a%2Fb'],
  ['/files/[[...path]]', '/files/a%2Fb'],
  ['/hosts', '/hosts'],
])('fills %s', (pattern, path) => {
  expect(fillPattern(pattern, 'a/b')).toBe(path)
})
