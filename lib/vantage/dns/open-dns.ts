import type { MxRecord } from 'node:dns'
import { Resolver } from 'node:dns/promises'
import { canonicalIp } from '../addresses'
import { endedBy, notSeen } from '../not-seen'
import { arpaName } from './arpa-name'
import { serverPlace } from './server-place'

/** What the DNS said: values, or that there are none. `no-name` is NXDOMAIN, `no-record` a name without such records. */
export type Answer<T> = { state: 'found'; values: readonly T[] } | { state: 'no-name' } | { state: 'no-record' }

/**
 * Questions to one DNS server. Nothing is looked up in files such as /etc/hosts. Each throws AppError `unreachable` when
 * there was no answer or the server said that it has none to give (SERVFAIL, REFUSED): unknown is not "none".
 */
export interface Dns {
  /** Canonical addresses. */
  addresses(name: string, family: 4 | 6): Promise<Answer<string>>
  names(address: string): Promise<Answer<string>>
  mx(name: string): Promise<Answer<MxRecord>>
  cname(name: string): Promise<Answer<string>>
  /** Each record's strings joined, as RFC 7208 (3.3) reads them. */
  txt(name: string): Promise<Answer<string>>
}

/** Milliseconds for one try, of two. */
const tryMs = 2000

/**
 * @param server IP, IP:port or [IPv6]:port; null for those that this machine is set up with
 * @param signal ends every question
 */
export function openDns(server: string | null, signal: AbortSignal): Dns {
  const resolver = new Resolver({ timeout: tryMs, tries: 2 })
  if (server !== null) resolver.setServers([serverPlace(server)])
  const who = server === null ? "The DNS servers of the dashboard's machine" : `The DNS server ${server}`
  signal.addEventListener('abort', () => resolver.cancel(), { once: true })

  async function ask<T>(type: string, name: string, question: () => Promise<T[]>): Promise<Answer<T>> {
    const what = `${type} of ${name}`
    if (signal.aborted) throw endedBy(signal, `${who} had to be asked for ${what}`)
    try {
      const values = await question()
      return values.length === 0 ? { state: 'no-record' } : { state: 'found', values }
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null
      switch (code) {
        case 'ENODATA':
          return { state: 'no-record' }
        case 'ENOTFOUND':
          return { state: 'no-name' }
        case 'EBADNAME':
          if (!fitsDns(name)) return { state: 'no-name' }
          throw notSeen(
            `Nobody was asked for ${what}: the characters of that name are more than can be asked for here.`,
          )
        case 'ECANCELLED':
          throw endedBy(signal, `${who} was asked for ${what}`)
        default:
          if (typeof code !== 'string') throw error
          throw notSeen(`${who} ${words[code] ?? `could not be asked (${code})`}; it was asked for ${what}.`)
      }
    }
  }

  return {
    async addresses(name, family) {
      const answer =
        family === 4
          ? await ask('A', name, () => resolver.resolve4(name))
          : await ask('AAAA', name, () => resolver.resolve6(name))
      if (answer.state !== 'found') return answer
      return { state: 'found', values: answer.values.map((value) => canonicalIp(value) ?? value) }
    },
    // Not `reverse`, which reads /etc/hosts.
    names: (address) => ask('PTR', arpaName(address), () => resolver.resolvePtr(arpaName(address))),
    mx: (name) => ask('MX', name, () => resolver.resolveMx(name)),
    cname: (name) => ask('CNAME', name, () => resolver.resolveCname(name)),
    txt: (name) => ask('TXT', name, async () => (await resolver.resolveTxt(name)).map((strings) => strings.join(''))),
  }
}

/** Whether a name's labels are as long as RFC 1035 (2.3.4) lets them be; nobody has a name whose are not. */
function fitsDns(name: string): boolean {
  const labels = name.replace(/\.$/, '').split('.')
  return name.length <= 254 && labels.every((label) => label.length > 0 && Buffer.byteLength(label) < 64)
}

const words: Readonly<Record<string, string>> = {
  ETIMEOUT: 'does not answer',
  ECONNREFUSED: 'takes no questions: nothing listens there',
  ESERVFAIL: 'says that it failed (SERVFAIL)',
  EREFUSED: 'refuses to answer (REFUSED)',
  ENOTIMP: 'says that it does not know how (NOTIMP)',
  EFORMERR: 'does not understand the question (FORMERR)',
  EBADRESP: 'answers with what is no DNS answer',
  EBADQUERY: 'cannot be asked such a question',
}
