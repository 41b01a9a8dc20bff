import { expect, it } from 'vitest'
import type { ListeningSocket } from './facts'
import { listedSocket } from './listed-socket'
import { parseListing, parseTables } from './parse-sockets'

const socket = (host: string | null, family: 4 | 6, port = 25): ListeningSocket => ({
  host,
  family,
  port,
  program: null,
})
const four = socket('87.98.146.48', 4)
const six = socket('2001:db8::9', 6, 587)

it.each<[string, ListeningSocket, string, string | null]>([
  ['ss', four, ' 87.98.146.48:25 ', '"master"'],
  ['ss', six, ' [2001:db8::9]:587 ', '"master"'],
  ['ss', socket(null, 4), ' 0.0.0.0:25 ', '"master"'],
  ['ss', socket(null, 6), ' [::]:25 ', '"master"'],
  ['netstat', four, ' 87.98.146.48:25 ', null],
  ['netstat', socket(null, 4), ' 0.0.0.0:25 ', null],
  ['netstat', socket(null, 6), ' :::25 ', null],
])('%s shows a socket so that no other is taken for it: %o', (table, one, text, holder) => {
  const listed = listedSocket(table as 'ss' | 'netstat', one)
  expect(listed).toMatchObject({ text, heldByPostfix: holder })
  expect(listed.read).toEqual({ command: table === 'ss' ? ['ss', '-ltnp'] : ['netstat', '-ltn'] })
})

it('is found in the kernel’s own table where the other two would cut or confuse it', () => {
  expect(listedSocket('kernel', four)).toEqual({
    read: { file: '/proc/net/tcp' },
    text: ' 30926257:0019 00000000:0000 0A ',
    heldByPostfix: null,
  })
  const zeros = '0'.repeat(32)
  expect(listedSocket('netstat', six)).toMatchObject({
    read: { file: '/proc/net/tcp6' },
    text: ` B80D0120000000000000000009000000:024B ${zeros}:0000 0A `,
  })
  expect(listedSocket('kernel', socket(null, 6)).text).toBe(` ${zeros}:0019 ${zeros}:0000 0A `)
})

it('is what the reading makes the same socket of', () => {
  for (const one of [four, six, socket(null, 4), socket(null, 6), socket('127.0.0.1', 4, 10025)]) {
    expect(parseTables([`   0:${listedSocket('kernel', one).text}00000000`])).toEqual([one])
    const shown = `LISTEN 0 100 ${listedSocket('ss', one).text} 0.0.0.0:* users:(("master",pid=1,fd=2))`
    expect(parseListing(shown)).toEqual([{ ...one, program: 'master' }])
  }
})
