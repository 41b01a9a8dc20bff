import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const program = '/usr/sbin/sshd'

/** Why no sshd can be started here, or null. */
export const noSshd = !existsSync(program)
  ? `${program} is missing`
  : process.getuid?.() === 0
    ? null
    : 'sshd needs root to let root in'

export interface LocalSshd {
  port: number
  /** Lets a public key in as this process's own user. */
  authorize(publicLine: string): void
  /** Starts anew on the same port, with other host keys. */
  changeKeys(): Promise<void>
  stop(): Promise<void>
}

/** A real sshd on loopback with ed25519 and RSA host keys of its own, which lets in whom `authorize` names. */
export async function startSshd(): Promise<LocalSshd> {
  const dir = mkdtempSync(join(tmpdir(), 'pollux-sshd-'))
  mkdirSync('/run/sshd', { recursive: true })
  const port = await freePort()
  writeFileSync(join(dir, 'authorized_keys'), '')
  writeFileSync(join(dir, 'config'), config(dir, port))
  makeKeys(dir)
  let end = await run(dir, port)
  return {
    port,
    authorize: (publicLine) => writeFileSync(join(dir, 'authorized_keys'), `${publicLine}\n`),
    async changeKeys() {
      await end()
      makeKeys(dir)
      end = await run(dir, port)
    },
    async stop() {
      await end()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

function config(dir: string, port: number): string {
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(dir, 'ssh_host_ed25519_key')}`,
    `HostKey ${join(dir, 'ssh_host_rsa_key')}`,
    `AuthorizedKeysFile ${join(dir, 'authorized_keys')}`,
    'PidFile none',
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    '',
  ].join('\n')
}

function makeKeys(dir: string): void {
  for (const type of ['ed25519', 'rsa']) {
    const file = join(dir, `ssh_host_${type}_key`)
    rmSync(file, { force: true })
    execFileSync('ssh-keygen', ['-q', '-t', type, '-N', '', '-f', file])
  }
}

/** Starts it and waits until it says that it listens. */
async function run(dir: string, port: number): Promise<() => Promise<void>> {
  const child = spawn(program, ['-D', '-e', '-f', join(dir, 'config')], { stdio: ['ignore', 'ignore', 'pipe'] })
  await new Promise<void>((resolve, reject) => {
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes(`port ${port}.`)) resolve()
    })
    child.once('exit', (code) => reject(new Error(`sshd ended with ${code}: ${said}`)))
  })
  return async () => {
    const gone = once(child, 'exit')
    child.kill()
    await gone
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('expected a port')
  return address.port
}
