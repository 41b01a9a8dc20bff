import { Secret, TOTP } from 'otpauth'

/** Seconds that a code stands for. With six digits and SHA-1 it is what every authenticator app takes (RFC 6238, 5.2). */
const periodS = 30

/** A new secret of 160 bits (RFC 4226, R6), base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32
}

/** What an app reads out of the QR code: otpauth://totp/… */
export function totpUri(secret: string, email: string): string {
  return totpOf(secret, email).toString()
}

/**
 * The time step that a code is of: the one of `now`, or one beside it, since clocks differ (RFC 6238, 5.2). Null where the
 * code is of none of them.
 */
export function findTotpStep(secret: string, code: string, now = Date.now()): number | null {
  const delta = totpOf(secret).validate({ token: code, timestamp: now, window: 1 })
  return delta === null ? null : Math.floor(now / 1000 / periodS) + delta
}

/** The code of a moment, as an app shows it. */
export function totpCode(secret: string, now = Date.now()): string {
  return totpOf(secret).generate({ timestamp: now })
}

function totpOf(secret: string, label = ''): TOTP {
  return new TOTP({
    issuer: 'Pollux',
    label,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: periodS,
  })
}
