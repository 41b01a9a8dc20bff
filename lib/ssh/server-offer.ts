import type { Readable } from 'node:stream'
import { profileLists } from './algorithms'
import type { MissingAlgorithms, SshProfile } from './types'

/** What a server's KEXINIT lists (RFC 4253, 7.1). */
export interface ServerOffer {
  kex: readonly string[]
  serverHostKey: readonly string[]
  cipher: readonly string[]
  hmac: readonly string[]
  compress: readonly string[]
}

/** What the first bytes of a server were. */
export interface Greeting {
  /** Nothing yet; bytes that are no SSH identification (so far); an SSH identification. */
  kind: 'silent' | 'other' | 'ssh'
  /** `SSH-2.0-OpenSSH_9.2p1 …`, when it is SSH. */
  ident: string | null
  /** null until the server's KEXINIT was read whole. */
  offer: ServerOffer | null
}

// RFC 4253, 4.2: lines before the identification are allowed; ssh2 gives up at 8 KiB a line, so we look no further.
const longestGreeting = 32 * 1024
const longestKexinit = 64 * 1024
const messageKexinit = 20
const notText = /[^\t\n\r\x20-\x7e\x80-\xff]/

/**
 * Reads along what a server sends first, without taking it from the stream's reader, so that a failed key exchange
 * can be explained by what the server offered instead of by an error's text. Calls `onRubbish` once when the first
 * bytes are no text, or too many: no SSH server begins so.
 */
export function watchGreeting(stream: Readable, onRubbish: () => void): () => Greeting {
  let bytes = Buffer.alloc(0)
  let greeting = readGreeting(bytes)
  const onData = (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk])
    greeting = readGreeting(bytes)
    const isOther = greeting.kind === 'other'
    const isRubbish = isOther && (bytes.length > longestGreeting || notText.test(bytes.toString('latin1')))
    if (greeting.offer === null && !isRubbish && bytes.length < longestGreeting + longestKexinit) return
    stream.off('data', onData)
    if (isRubbish) onRubbish()
  }
  // `on('data')` alone would start the flow before ssh2 listens; a paused stream stays paused.
  stream.pause()
  stream.on('data', onData)
  return () => greeting
}

/** Understands the first bytes of a server. Pure; feed it all bytes so far. */
export function readGreeting(bytes: Buffer): Greeting {
  if (bytes.length === 0) return { kind: 'silent', ident: null, offer: null }
  const text = bytes.subarray(0, longestGreeting).toString('latin1')
  const start = text.startsWith('SSH-') ? 0 : text.indexOf('\nSSH-') + 1
  if (start === 0 && !text.startsWith('SSH-')) return { kind: 'other', ident: null, offer: null }
  const end = text.indexOf('\n', start)
  if (end < 0) return { kind: 'ssh', ident: null, offer: null }
  const ident = text.slice(start, end).replace(/\r$/, '')
  return { kind: 'ssh', ident, offer: readKexinit(bytes.subarray(end + 1)) }
}

/** Reads the binary packet of a KEXINIT (RFC 4253, 6 and 7.1); null when it is not whole or not one. */
function readKexinit(packet: Buffer): ServerOffer | null {
  if (packet.length < 6) return null
  const length = packet.readUInt32BE(0)
  if (length > longestKexinit || packet.length < 4 + length || packet[5] !== messageKexinit) return null
  // Length, padding length, message number and a cookie of 16 bytes come first.
  let at = 4 + 1 + 1 + 16
  const lists: string[][] = []
  for (let i = 0; i < 7; i++) {
    if (at + 4 > packet.length) return null
    const size = packet.readUInt32BE(at)
    if (at + 4 + size > packet.length) return null
    lists.push(packet.toString('latin1', at + 4, at + 4 + size).split(','))
    at += 4 + size
  }
  const [kex = [], serverHostKey = [], cipher = [], , hmac = [], , compress = []] = lists
  return { kex, serverHostKey, cipher, hmac, compress }
}

const kinds = [
  ['kex', 'key exchange'],
  ['serverHostKey', 'host key'],
  ['cipher', 'cipher'],
  ['hmac', 'integrity check'],
  ['compress', 'compression'],
] as const

/** Where the server's offer and the profile have nothing in common, with what the server has to offer. */
export function missingAlgorithms(profile: SshProfile, server: ServerOffer): MissingAlgorithms[] {
  const ours = profileLists(profile)
  // An authenticated cipher brings its own integrity check, so the MAC lists need nothing in common.
  const cipher = ours.cipher.find((name) => server.cipher.includes(name))
  const needsMac = cipher === undefined || !/-gcm|poly1305/.test(cipher)
  return kinds
    .filter(([key]) => (key !== 'hmac' || needsMac) && !ours[key].some((name) => server[key].includes(name)))
    .map(([key, kind]) => ({ kind, offered: server[key].filter((name) => !/^(ext-info|kex-strict)-/.test(name)) }))
}
