import type { FarRead, FarSeen } from '@/lib/agent'
import { lookDns } from './dns/look-dns'
import { lookMail } from './mail/look-mail'
import { lookSmtp } from './smtp/look-smtp'

/** Milliseconds that a look may take: a mail is followed so long. */
const defaultMs: Readonly<Record<FarRead['kind'], number>> = { smtp: 20_000, dns: 30_000, mail: 45_000 }

/**
 * Takes one look. What the network, a host or a server does is never thrown: it is missing from `learned`, and `why`
 * tells it in one plain sentence.
 * @param options `timeoutMs`: 20 s for smtp, 30 s for dns, 45 s for mail, which is then taken back out of the queue
 * within 30 s more; `signal` ends the look early, with what was learned so far
 * @throws AppError `internal` for a mistake of ours
 */
export async function takeLook(
  read: FarRead,
  { signal, timeoutMs = defaultMs[read.kind] }: { signal?: AbortSignal; timeoutMs?: number } = {},
): Promise<FarSeen> {
  // A timer of our own: Node 20 forgets AbortSignal.timeout() inside AbortSignal.any() once nothing else holds it.
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(new DOMException('the look took too long', 'TimeoutError')), timeoutMs)
  const until = AbortSignal.any([limit.signal, ...(signal ? [signal] : [])])
  try {
    return await look(read, until)
  } finally {
    clearTimeout(timer)
  }
}

function look(read: FarRead, until: AbortSignal): Promise<FarSeen> {
  switch (read.kind) {
    case 'smtp':
      return lookSmtp(read, until)
    case 'dns':
      return lookDns(read, until)
    case 'mail':
      return lookMail(read, until)
  }
}
