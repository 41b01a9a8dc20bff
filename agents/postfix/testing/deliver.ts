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
  /** Where it is handed in by SMTP, on 127.0.0.1; by sendmail otherwise. */
  port?: number
}

/** Sends one message on a host of the lab; what elm saw of it, once it lies in its mailbox. */
export async function deliver(
  name: string,
  { from = `root@${name}.example.org`, domain = 'example.net', config, port }: Message = {},
): Promise<Seen> {
  const to = `deploy+${randomBytes(8).toString('hex')}@${domain}`
  const text = `To: <${to}>\nSubject: test\n\ntest\n`
  const words = [...(config ? ['-C', config] : []), '-i', '-f', from, '--', to]
  const dialogue = `EHLO ${name}\nMAIL FROM:<${from}>\nRCPT TO:<${to}>\nDATA\n${text}.\nQUIT\n`
  const sent = port
    ? await hostExec(name, ['bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${port}; cat >&3; grep 'queued as' <&3`], {
        input: dialogue.replaceAll('\n', '\r\n'),
      })
    : await hostExec(name, ['/usr/sbin/sendmail', ...words], { input: text })
  if (sent.code !== 0) throw new Error(`${name} did not take a message: ${sent.stdout}${sent.stderr}`)
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
