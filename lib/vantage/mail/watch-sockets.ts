import { socketsScript } from './host-scripts'
import type { MailHost } from './mail-host'
import { parseSockets, sourcesTo } from './parse-sockets'

/** The TCP connections to mail ports that a host has, followed from before a message is handed in. */
export interface SocketWatch {
  /** The sources of connections to a peer, as soon as one was seen, or after a moment. */
  sourcesTo(peer: { address: string; port: number }): Promise<string[]>
  stop(): Promise<void>
}

const watchMs = 180_000
/** A log tells that a message was taken just before its connection ends. */
const patienceMs = 3000

/** Resolves when the host looks, or cannot. Never throws: then there are no sources. */
export async function watchSockets(host: MailHost, signal: AbortSignal): Promise<SocketWatch> {
  const ending = new AbortController()
  let text = ''
  let wake = () => {}
  const onStdout = (chunk: Buffer) => {
    text += chunk.toString('latin1')
    wake()
  }
  const until = AbortSignal.any([ending.signal, signal])
  const ended = host.script(socketsScript, { signal: until, onStdout, timeoutMs: watchMs }).then(
    () => wake(),
    () => wake(),
  )
  const grown = () =>
    new Promise<void>((resolve) => {
      wake = resolve
    })
  let isEnded = false
  void ended.then(() => {
    isEnded = true
  })
  while (!/^ready$/m.test(text) && !isEnded) await Promise.race([grown(), ended])

  const sources = (peer: { address: string; port: number }) => {
    const [before = '', since = ''] = text.split(/^ready$/m)
    return sourcesTo(peer, parseSockets(before), parseSockets(since.slice(0, since.lastIndexOf('\n') + 1)))
  }
  return {
    async sourcesTo(peer) {
      const late = new Promise<'late'>((resolve) => setTimeout(() => resolve('late'), patienceMs).unref())
      for (;;) {
        const seen = sources(peer)
        if (seen.length > 0 || isEnded) return seen
        if ((await Promise.race([grown(), ended, late])) === 'late') return sources(peer)
      }
    },
    async stop() {
      ending.abort()
      await ended
    },
  }
}
