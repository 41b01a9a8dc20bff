import { describe, expect, it } from 'vitest'
import { bytesAt, expandedParameterOf, ownParameterOf, parameterOf } from './parameters'
import { mailFacts } from './testing/facts-with'

const of = (main: string) => mailFacts(main)

describe('a parameter', () => {
  it('is what main.cf says last, else Postfix’s default, else nothing', () => {
    const { facts, instance } = of('relayhost = a\nrelayhost =\n  b\n')
    expect(parameterOf(facts, instance, 'relayhost')).toBe('b')
    expect(parameterOf(facts, instance, 'inet_interfaces')).toBe('all')
    expect(ownParameterOf(facts, instance, 'inet_interfaces')).toBeNull()
    const none = { ...facts, defaults: {} }
    expect(parameterOf(none, instance, 'inet_interfaces')).toBe('')
  })

  it('that is empty says so, whatever the default', () => {
    const { facts, instance } = of('inet_protocols =\n')
    expect(parameterOf(facts, instance, 'inet_protocols')).toBe('')
  })

  it('is nothing in a file that is not there or could not be read', () => {
    const { facts } = of('')
    expect(bytesAt({ '/x': { state: 'unread', why: 'denied' } }, '/x')).toBe('')
    expect(bytesAt(facts.files, '/nowhere')).toBe('')
  })
})

describe('a value by the names of others', () => {
  it.each<[string, string, string | null]>([
    ['another', 'myhostname = a.example.org\nrelayhost = $myhostname\n', 'a.example.org'],
    ['another in braces', `mydomain = example.org\nrelayhost = [mx.\${mydomain}]:25\n`, '[mx.example.org]:25'],
    ['another in brackets', 'mydomain = example.org\nrelayhost = $(mydomain)\n', 'example.org'],
    ['several', `a = 1\nb = $a$a\nrelayhost = $b, \${a}\n`, '11, 1'],
    ['one of the admin’s own', 'mail_ip = 192.0.2.1\nrelayhost = $mail_ip\n', '192.0.2.1'],
    ['a default', 'relayhost = $default_transport\n', 'smtp'],
    ['one that nobody knows', 'relayhost = $nowhere\n', null],
    ['itself', 'relayhost = $relayhost\n', null],
    ['a circle', 'a = $b\nb = $a\nrelayhost = $a\n', null],
    ['a long way round', 'a = $b\nb = $c\nc = $d\nd = $e\ne = 1\nrelayhost = $a\n', '1'],
    ['a condition', `relayhost = \${myhostname?yes}\n`, null],
    ['a dollar that is none', 'relayhost = $\n', null],
    ['nothing', 'relayhost = plain\n', 'plain'],
  ])('%s', (_, main, expected) => {
    const { facts, instance } = of(main)
    expect(expandedParameterOf(facts, instance, 'relayhost')).toBe(expected)
  })

  it('ends, however many times one names the other', () => {
    const doubled = Array.from({ length: 60 }, (_, at) => `a${at + 1} = $a${at}$a${at}\n`).join('')
    const { facts, instance } = of(`a0 = xx\n${doubled}relayhost = $a60\ninet_interfaces = $a3\n`)
    expect(expandedParameterOf(facts, instance, 'relayhost')).toBeNull()
    expect(expandedParameterOf(facts, instance, 'inet_interfaces')).toBe('x'.repeat(16))
    const wide = of(`a = ${'$a'.repeat(5000)}\nrelayhost = $a\n`)
    expect(expandedParameterOf(wide.facts, wide.instance, 'relayhost')).toBeNull()
  })
})
