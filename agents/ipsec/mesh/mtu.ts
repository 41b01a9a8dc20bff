import type { Suite } from './suite'

/** Bytes of an IPv4 header, of ESP's (SPI and sequence number), and of its trailer (RFC 4303: pad length, next header). */
const IP_HEADER = 20
const ESP_HEADER = 8
const ESP_TRAILER = 2

/** Less than this IPv6 does not run over (RFC 8200, 5), and many a program takes it for broken. */
export const LEAST_MTU = 1280

/**
 * The largest packet that fits into a tunnel whose packets travel in ESP of transport mode: the outer MTU without the
 * IP header, ESP's header, vector and check value, rounded down to the cipher's block, without the trailer. The inner
 * packet with the header of IP-IP is not added to: in transport mode the outer header stays in front of ESP, and what is
 * encrypted is the inner packet alone.
 */
export function innerMtu(outerMtu: number, { blockBytes, ivBytes, icvBytes }: Suite): number {
  const room = outerMtu - IP_HEADER - ESP_HEADER - ivBytes - icvBytes
  return Math.floor(room / blockBytes) * blockBytes - ESP_TRAILER
}
