import { notSeen } from '../not-seen'

/**
 * Refuses what cannot be an envelope's address without more words about it: a line end or a bracket would be a second
 * command in an SMTP dialogue. Stricter than RFC 5321, which knows quoted local parts. Throws AppError.
 */
export function checkMailAddress(address: string): void {
  const isPlain =
    address.length <= 254 &&
    /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9._-]+|\[[A-Za-z0-9.:]+\])$/.test(address)
  if (!isPlain) throw notSeen(`“${address.slice(0, 100)}” is no plain mail address, so no message was sent.`)
}

/** The same for a sender, which may be empty (RFC 5321, 4.5.5). */
export function checkSender(sender: string): void {
  if (sender !== '') checkMailAddress(sender)
}

/** Mail to an address of a machine (RFC 5321, 4.1.3): `user@[192.0.2.1]`, `user@[IPv6:2001:db8::1]`. */
export function literalAddress(user: string, ip: string): string {
  return `${user}@[${ip.includes(':') ? `IPv6:${ip}` : ip}]`
}
