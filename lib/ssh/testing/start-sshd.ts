import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { generateKeyPair, type KeyPair, parseKnownHosts } from '..'
import type { PinnedKey, SshTarget } from '../types'

const sshdPath = '/usr/sbin/sshd'

/** A real sshd on loopback, with host keys and a login key of its own. */
export interface TestSshd {
  port: number
  dir: string
  login: KeyPair
  hostKeys: PinnedKey[]
  /** A target that logs in as root; parts can be replaced. */
  target(parts?: Partial<SshTarget>): SshTarget
  /** What sshd logged so far. */
  log(): string
  /** Ends the daemon and every login it serves. */
  stop(): Promise<void>
}

/** Why no sshd can be started here; null when one can. */
export function whyNoSshd(): string | null {
  if (!existsSync(sshdPath)) return `there is no ${sshdPath}`
  if (process.getuid?.() !== 0) return 'an sshd of its own needs root'
  return null
}

export interface SshdOptions {
  /** Fills the folder before sshd starts. */
  prepare?(dir: string): void
  /** Types as ssh-keygen takes them; all three by default. */
  hostKeyTypes?: readonly string[]
  /** Lines for sshd_config. */
  config?: readonly string[] | ((dir: string) => readonly string[])
  /** Put before sshd, such as `unshare`. */
  wrapper?(dir: string): readonly string[]
}

export async function startSshd(options: SshdOptions = {}): Promise<TestSshd> {
  const dir = mkdtempSync(join(tmpdir(), 'pollux-sshd-'))
  // A user's login reads its keys and scripts in there with the user's rights.
  chmodSync(dir, 0o755)
  mkdirSync('/run/sshd', { recursive: true })
  const login = await generateKeyPair('ed25519', 'test')
  writeFileSync(join(dir, 'authorized_keys'), `${login.publicLine}\n`)
  const types = options.hostKeyTypes ?? ['ed25519', 'ecdsa', 'rsa']
  for (const type of types) makeHostKey(dir, type)
  options.prepare?.(dir)
  const port = await freePort()
  writeFileSync(
    join(dir, 'sshd_config'),
    sshdConfig(dir, port, types, typeof options.config === 'function' ? options.config(dir) : (options.config ?? [])),
  )
  const [program = sshdPath, ...words] = [
    ...(options.wrapper?.(dir) ?? []),
    sshdPath,
    '-D',
    '-e',
    '-f',
    `${dir}/sshd_config`,
  ]
  const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'] })
  const log = await untilListening(child)
  const hostKeys = types.map((type) => readHostKey(dir, type))
  return {
    port,
    dir,
    login,
    hostKeys,
    log: () => log.join('\n'),
    target: (parts = {}) => ({
      hostId: `host-${port}`,
      name: 'alder',
      address: '127.0.0.1',
      port,
      user: 'root',
      auth: { kind: 'key', privateKey: login.privateKey },
      hostKeys,
      profile: 'modern',
      privilege: 'root',
      revision: '1',
      ...parts,
    }),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

function makeHostKey(dir: string, type: string): void {
  const size = type === 'rsa' ? ['-b', '3072'] : []
  execFileSync('ssh-keygen', ['-q', '-t', type, ...size, '-N', '', '-f', join(dir, `host_${type}`)])
}

function readHostKey(dir: string, type: string): PinnedKey {
  const [known] = parseKnownHosts(`host ${readFileSync(join(dir, `host_${type}.pub`), 'utf8')}`)
  if (known === undefined) throw new Error(`expected a public host key of type ${type}, got none`)
  return { algorithm: known.algorithm, key: known.key, fingerprint: known.fingerprint }
}

// sshd takes the first value of a keyword, so that a test's own lines come first.
function sshdConfig(dir: string, port: number, types: readonly string[], own: readonly string[]): string {
  const lines = [
    ...own,
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    ...types.map((type) => `HostKey ${dir}/host_${type}`),
    `AuthorizedKeysFile ${dir}/authorized_keys`,
    'PidFile none',
    'UsePAM no',
    'StrictModes no',
    'PermitRootLogin yes',
    'MaxStartups 100',
    'LogLevel VERBOSE',
  ]
  return `${lines.join('\n')}\n`
}

async function untilListening(child: ChildProcess): Promise<string[]> {
  if (child.stderr === null) throw new Error('expected a pipe, got none')
  const log: string[] = []
  const lines = createInterface({ input: child.stderr })
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      log.push(line)
      if (line.startsWith('Server listening on')) resolve()
    })
    child.once('exit', () => reject(new Error(`expected sshd to listen, got its end: ${log.join('\n')}`)))
  })
  return log
}

/** A port on loopback that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('expected a port, got none')
  return address.port
}
