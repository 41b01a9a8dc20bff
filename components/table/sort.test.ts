import { expect, it } from 'vitest'
import { hrefWith, readSort, sortHref } from './sort'

const byName = { by: 'name', descending: false } as const

it('reads what is allowed from the address and nothing else', () => {
  const read = (sort: string | string[] | undefined) => readSort({ sort }, ['name', 'load'], byName)
  expect(read('load')).toEqual({ by: 'load', descending: false })
  expect(read('-load')).toEqual({ by: 'load', descending: true })
  expect(read('password')).toEqual(byName)
  expect(read('--load')).toEqual(byName)
  expect(read(['load', 'name'])).toEqual(byName)
  expect(read(undefined)).toEqual(byName)
})

it('turns the order at a second press, and begins with the largest number', () => {
  const params = { q: 'a b', sort: 'name', page: '3', tag: ['x', 'y'] }
  expect(sortHref('/hosts', params, byName, 'name', false)).toBe('/hosts?q=a+b&sort=-name&tag=x&tag=y')
  expect(sortHref('/hosts', params, byName, 'load', true)).toBe('/hosts?q=a+b&sort=-load&tag=x&tag=y')
  expect(sortHref('/hosts', {}, { by: 'load', descending: true }, 'load', true)).toBe('/hosts?sort=load')
})

it('leaves out what is empty', () => {
  expect(hrefWith('/hosts', { q: '', kind: undefined })).toBe('/hosts')
})
