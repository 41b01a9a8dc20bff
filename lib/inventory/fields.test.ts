import { describe, expect, it } from 'vitest'
import type { ZodType } from 'zod'
import { hostNameField, loginField, portField, tagsField } from './fields'

function sentence(field: ZodType, input: unknown): string | undefined {
  return field.safeParse(input).error?.issues[0]?.message
}

describe('portField', () => {
  it('takes numbers and digits', () => {
    expect(portField.parse('2222')).toBe(2222)
    expect(portField.parse(65535)).toBe(65535)
  })

  it.each([0, 65536, 70000, -1, 22.5, '0', 'ssh', '', '22 22', Number.NaN])('refuses %j with a sentence', (port) => {
    expect(sentence(portField, port)).toMatch(/^A port is a whole number from 1 to 65535/)
  })

  it('says what was typed', () => {
    expect(sentence(portField, '70000')).toBe('A port is a whole number from 1 to 65535; this is 70000.')
  })
})

describe('loginField', () => {
  it.each(['root', 'www-data', 'ada@example.org', 'DOMAIN\\ada', 'machine$'])('takes %j', (login) => {
    expect(loginField.parse(login)).toBe(login)
  })

  it.each(['', ' ', 'a b', 'a:b', '-oProxyCommand', 'a/b', 'a\u202eb', 'a'.repeat(65)])('refuses %j', (login) => {
    expect(loginField.safeParse(login).success).toBe(false)
  })
})

describe('hostNameField', () => {
  it.each(['umber', 'vacs.fr', 'Büro-NAS', 'db_1'])('takes %j', (name) => {
    expect(hostNameField.parse(name)).toBe(name)
  })

  it.each(['', 'two words', '.hidden', 'a\u200bb', '<b>', 'a'.repeat(64)])('refuses %j', (name) => {
    expect(hostNameField.safeParse(name).success).toBe(false)
  })
})

it('keeps each tag once, in order, in lower case', () => {
  expect(tagsField.parse(['Web', 'office', 'web'])).toEqual(['office', 'web'])
  expect(sentence(tagsField, ['no blanks'])).toMatch(/^A tag has/)
  expect(
    sentence(
      tagsField,
      Array.from({ length: 21 }, (_, index) => `t${index}`),
    ),
  ).toBe('A host has at most 20 tags.')
})
