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
    ['another in braces', 'mydomain = example.org\nrelayhost = [mx.${mydomain}]:25\n', '[mx.example.org]:25'],
    ['another in brackets', 'mydomain = example.org\nrelayhost = $(mydomain)\n', 'example.org'],
    ['several', 'a = 1\nb = $a$a\nrelayhost = $b, ${a}\n', '11, 1'],
    ['one of the admin’s own', 'mail_ip = 192.0.2.1\nrelayhost = $mail_ip\n', '192.0.2.1'],
    ['a default', 'relayhost = $default_transport\n', 'smtp'],
    ['one that nobody knows', 'relayhost = $nowhere\n', null],
    ['itself', 'relayhost = $relayhost\n', null],
    ['a circle', 'a = $b\nb = $a\nrelayhost = $a\n', null],
    ['a long way round', 'a = $b\nb = $c\nc = $d\nd = $e\ne = 1\nrelayhost = $a\n', '1'],
    ['a way that is too long', 'a = $b\nb = $c\nc = $d\nd = $e\ne = $f\nf = 1\nrelayhost = $a\n', null],
    ['a condition', 'relayhost = ${myhostname?yes}\n', null],
    ['a dollar that is none', 'relayhost = $\n', null],
    ['nothing', 'relayhost = plain\n', 'plain'],
  ])('%s', (_, main, expected) => {
    const { facts, instance } = of(main)
    expect(expandedParameterOf(facts, instance, 'relayhost')).toBe(expected)
  })

  it('ends also where each names itself many times', () => {
    const wide = 'a'.repeat(1).concat(' = $a$a$a$a$a$a$a$a\nrelayhost = $a\n')
    const { facts, instance } = of(wide)
    expect(expandedParameterOf(facts, instance, 'relayhost')).toBeNull()
  })
})
