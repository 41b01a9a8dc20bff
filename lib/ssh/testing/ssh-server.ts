import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2, { type AuthContext, type Connection, type ServerConfig } from 'ssh2'
import { asPinnedKey } from '../host-key'
import type { PinnedKey } from '../types'

export interface ServerLogin {
  method: string
  user: string
  password: string | null
  /** The signature's algorithm of a key login. */
  algorithm: string | null
}

/** A server made of ssh2's own: for what no sshd of today does (old algorithms, odd logins). */
export interface TestServer {
  port: number
  hostKeys: PinnedKey[]
  /** Every try to log in, in order. */
  logins: ServerLogin[]
  stop(): Promise<void>
}

export interface ServerOptions {
  /** As ssh-keygen takes it. */
  hostKeyType: 'ed25519' | 'rsa' | 'dsa' | 'ecdsa'
  algorithms?: ServerConfig['algorithms']
  authenticate(context: AuthContext): void
  /** Answers an exec; by default prints what it was asked to and ends with 0. */
  onExec?(line: string, channel: ssh2.ServerChannel): void
}

export async function startServer(options: ServerOptions): Promise<TestServer> {
  const { pem, pinned } = makeHostKey(options.hostKeyType)
  const logins: ServerLogin[] = []
  const open = new Set<Connection>()
  const server = new ssh2.Server({ hostKeys: [pem], algorithms: options.algorithms }, (connection) => {
    open.add(connection)
    connection
      .on('error', () => undefined)
      .on('close', () => open.delete(connection))
      .on('authentication', (context) => {
        logins.push(readLogin(context))
        options.authenticate(context)
      })
      .on('session', (accept) => {
        accept().on('exec', (acceptExec, _reject, { command }) => options.onExec?.(command, acceptExec()))
      })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('expected a port, got none')
  return {
    port: address.port,
    hostKeys: [pinned],
    logins,
    async stop() {
      for (const connection of open) connection.end()
      server.close()
      await once(server, 'close')
    },
  }
}

function readLogin(context: AuthContext): ServerLogin {
  return {
    method: context.method,
    user: context.username,
    password: context.method === 'password' ? context.password : null,
    algorithm: context.method === 'publickey' ? context.key.algo : null,
  }
}

function makeHostKey(type: ServerOptions['hostKeyType']): { pem: string; pinned: PinnedKey } {
  const dir = mkdtempSync(join(tmpdir(), 'pollux-key-'))
  try {
    const file = join(dir, 'key')
    const size = type === 'rsa' ? ['-b', '2048'] : []
    execFileSync('ssh-keygen', ['-q', '-t', type, ...size, '-m', 'PEM', '-N', '', '-f', file])
    const [, key = ''] = readFileSync(`${file}.pub`, 'utf8').split(' ')
    return { pem: readFileSync(file, 'utf8'), pinned: asPinnedKey(Buffer.from(key, 'base64')) }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
