import { randomBytes } from 'node:crypto'
import { hostExec, waitUntil } from '@/e2e/lab/lab'

/** What the receiver saw of one message. */
export interface Seen {
  source: string
  helo: string
}

interface Message {
  /** The envelope's sender. */
  from?: string
  /** The domain that it goes to: example.net over IPv4, v6.example.net over IPv6. */
  domain?: string
  /** The folder of another instance than the first. */
  config?: string
}

/** Sends one message by sendmail(1) on a host of the lab; what elm saw of it, once it lies in its mailbox. */
export async function deliver(name: string, { from, domain = 'example.net', config }: Message = {}): Promise<Seen> {
  const to = `deploy+${randomBytes(8).toString('hex')}@${domain}`
  const words = [...(config ? ['-C', config] : []), '-i', '-f', from ?? `root@${name}.example.org`, '--', to]
  const sent = await hostExec(name, ['/usr/sbin/sendmail', ...words], { input: `To: <${to}>\nSubject: test\n\ntest\n` })
  if (sent.code !== 0) throw new Error(`${name} did not take a message: ${sent.stderr}`)
  let log = ''
  await waitUntil(
    `elm has the message of ${name}`,
    async () => {
      log = (await hostExec('elm', ['grep', '-F', `to=<${to}>`, '/var/log/mail.log'])).stdout
      return log.includes('status=sent')
    },
    30,
  )
  const [, source = '', helo = ''] = /RCPT from \S+\[([^\]]+)\]: .* helo=<([^>]+)>/.exec(log) ?? []
  return { source, helo }
}
