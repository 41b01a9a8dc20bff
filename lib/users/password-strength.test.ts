import { describe, expect, it } from 'vitest'
import { isEasyToGuess } from './password-strength'

describe('a password', () => {
  it.each([
    'password1234',
    'Password123!',
    '123456789012',
    'qwertyuiop12',
    'aaaaaaaaaaaa',
    'letmeinletmein',
    'polluxpollux',
    'administrator',
    'x'.repeat(256),
  ])('such as %s is easy to guess', (password) => {
    expect(isEasyToGuess(password)).toBe(true)
  })

  it.each(['correct horse battery staple', 'x7Gk2pQ9vLmz', 'wir mögen käse', 'die Katze schläft im Regal'])(
    'such as %s is not',
    (password) => {
      expect(isEasyToGuess(password)).toBe(false)
    },
  )

  it('is easy to guess for who knows the person', () => {
    const address = 'zbigniew.kowalewski@example.org'
    expect(isEasyToGuess(`${address}1`)).toBe(false)
    expect(isEasyToGuess(`${address}1`, ['Zbigniew', address])).toBe(true)
  })
})
