import { expect, it } from 'vitest'
import { drawQr } from './qr-drawing'
import { findTotpStep, newTotpSecret, totpCode, totpUri } from './totp'

// RFC 6238, appendix B: the secret "12345678901234567890" in base32, codes cut to six digits.
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

it.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
])('gives the code that the RFC gives for second %d', (second, code) => {
  expect(totpCode(secret, second * 1000)).toBe(code)
  expect(findTotpStep(secret, code, second * 1000)).toBe(Math.floor(second / 30))
})

it('takes the code of the step before and after, and none further away', () => {
  const at = 1_234_567_890_000
  const seen = [-2, -1, 0, 1, 2].map((steps) => findTotpStep(secret, totpCode(secret, at + steps * 30_000), at))
  const now = Math.floor(at / 30_000)
  expect(seen).toEqual([null, now - 1, now, now + 1, null])
})

it('makes secrets of 160 bits, each another', () => {
  const made = Array.from({ length: 5 }, newTotpSecret)
  expect(new Set(made).size).toBe(5)
  for (const one of made) expect(one).toMatch(/^[A-Z2-7]{32}$/)
})

it('says in the QR code who and where', () => {
  const uri = new URL(totpUri(secret, 'ada@example.org'))
  expect(uri.href).toMatch(/^otpauth:\/\/totp\/Pollux:ada%40example\.org\?/)
  expect(uri.searchParams.get('secret')).toBe(secret)
  const { size, path } = drawQr(uri.href)
  expect(size).toBeGreaterThan(29)
  // The corner of the finder pattern, behind four squares of quiet.
  expect(path.startsWith('M4 4h1v1h-1z')).toBe(true)
})
