import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface TestMailServer {
  port: number
  /** What clients said in EHLO or HELO. */
  names: string[]
  stop(): Promise<void>
}

/** A real SMTP server on loopback; `options` replace what it does. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<TestMailServer> {
  const names: string[] = []
  const server = new SMTPServer({
    name: 'mail.example.org',
    banner: 'ready when you are',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 500,
    onMailFrom(_address, session, done) {
      names.push(String(session.hostNameAppearsAs))
      done()
    },
    onData(stream, _session, done) {
      stream.resume().on('end', () => done(null, 'queued as 12345'))
    },
    ...options,
  })
  const port = await new Promise<number>((resolve, reject) => {
    server.on('error', reject)
    const listener = server.listen(0, '127.0.0.1', () => resolve((listener.address() as AddressInfo).port))
  })
  return { port, names, stop: () => new Promise((resolve) => server.close(() => resolve())) }
}
