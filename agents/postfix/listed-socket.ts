import type { HostCheck } from '@/lib/agent'
import { parseAddress } from '@/lib/agent/ip-address'
import { toKernelHex } from '@/lib/agent/kernel-address'
import type { ListeningSocket, PostfixFacts } from './facts'

/** Where a check finds a listening socket, and what stands there for it and for no other. */
export interface ListedSocket {
  read: HostCheck['read']
  /** With the spaces around it. */
  text: string
  /** What stands in the same line when Postfix holds it; null where that is not told, or not reliably. */
  heldByPostfix: string | null
}

/** How a host lists one socket. netstat(8) cuts IPv6 addresses that are long. */
export function listedSocket(table: PostfixFacts['socketTable'], socket: ListeningSocket): ListedSocket {
  if (table === 'ss') return { read: { command: ['ss', '-ltnp'] }, text: inSs(socket), heldByPostfix: '"master"' }
  const { host, family, port } = socket
  if (table === 'netstat' && (host === null || family === 4)) {
    const text = ` ${host ?? (family === 4 ? '0.0.0.0' : '::')}:${port} `
    // It names one of those who hold a socket, which may be a daemon of Postfix's.
    return { read: { command: ['netstat', '-ltn'] }, text, heldByPostfix: null }
  }
  return {
    read: { file: family === 4 ? '/proc/net/tcp' : '/proc/net/tcp6' },
    text: inKernel(socket),
    heldByPostfix: null,
  }
}

function inSs({ host, family, port }: ListeningSocket): string {
  if (host === null) return family === 4 ? ` 0.0.0.0:${port} ` : ` [::]:${port} `
  return family === 6 ? ` [${host}]:${port} ` : ` ${host}:${port} `
}

/** ` 30926257:0019 00000000:0000 0A `: where, nobody at the other end, listening. */
function inKernel({ host, family, port }: ListeningSocket): string {
  const any = { bytes: Array.from({ length: family === 4 ? 4 : 16 }, () => 0) }
  const hex = toKernelHex((host === null ? null : parseAddress(host)) ?? any)
  return ` ${hex}:${port.toString(16).toUpperCase().padStart(4, '0')} ${toKernelHex(any)}:0000 0A `
}
