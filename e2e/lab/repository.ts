import { spawn } from 'node:child_process'
import { existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { insideArgv } from './inside'
import { type Built, ensureBuilt } from './layers'
import { LAB_DIR, SOURCE_DIR } from './paths'
import { isSameProcess, pidOf, processRef } from './process-ref'
import { run } from './run'
import { waitUntil } from './wait-until'
import { GATEWAY } from './wire'

/** What `apt-get install` on a lab host can have, besides what it has; with everything that these depend on. */
export const REPOSITORY_PACKAGES: readonly string[] = [
  'bc',
  'charon-systemd',
  'ioping',
  'libstrongswan-standard-plugins',
  'lsof',
  'postfix',
  'strongswan-charon',
  'strongswan-pki',
  'strongswan-starter',
  'strongswan-swanctl',
  'tcpdump',
  'tree',
]

/** Two packages wait as updates on every Debian host. */
export const PENDING_UPDATES = { ordinary: 'less', security: 'openssl' }

export const REPOSITORY_PORT = 8077

const PROCESS_FILE = join(LAB_DIR, 'repository.process')

/** Builds (or finds in the cache) the repository. */
export function ensureRepository(base: Built, say: (line: string) => void): Promise<Built> {
  const args = [...REPOSITORY_PACKAGES]
  return ensureBuilt({ name: 'repository', script: 'build-repository.sh', uses: [base], args, seconds: 300 }, say)
}

/** The same with MariaDB's server: for the one host that is to install it. The others' lists stay short. */
export function ensureMariadbRepository(base: Built, say: (line: string) => void): Promise<Built> {
  const args = [...REPOSITORY_PACKAGES, 'mariadb-server']
  const name = 'repository-mariadb'
  return ensureBuilt({ name, script: 'build-repository.sh', uses: [base], args, seconds: 300 }, say)
}

/** Serves them over plain HTTP on the wire, the second under /mariadb, unless that runs already; waits until it answers. */
export async function serveRepositories(main: Built, mariadb: Built): Promise<void> {
  const running = readProcess()
  const directories = [`/=${main.path}`, `/mariadb/=${mariadb.path}`]
  const served = directories.join(' ')
  if (running.isAlive && running.served === served) return
  await stopRepository()
  const log = openSync(join(LAB_DIR, 'repository.log'), 'w')
  const server = join(SOURCE_DIR, 'repository-server.mjs')
  const [command = '', ...args] = insideArgv([
    process.execPath,
    server,
    GATEWAY,
    String(REPOSITORY_PORT),
    ...directories,
  ])
  const child = spawn(command, args, { detached: true, stdio: ['ignore', log, log] })
  child.unref()
  writeFileSync(PROCESS_FILE, `${processRef(child.pid ?? 0)}\n${served}\n`)
  const ask = `exec 3<>/dev/tcp/${GATEWAY}/${REPOSITORY_PORT}`
  await waitUntil('the repository answers', async () => (await run(insideArgv(['bash', '-c', ask]))).code === 0, 20)
}

export async function stopRepository(): Promise<void> {
  const { ref, isAlive } = readProcess()
  if (isAlive) process.kill(pidOf(ref), 'SIGTERM')
  await waitUntil('the repository has ended', () => !isSameProcess(ref), 20)
  rmSync(PROCESS_FILE, { force: true })
}

function readProcess(): { ref: string; served: string; isAlive: boolean } {
  const [ref = '', served = ''] = existsSync(PROCESS_FILE) ? readFileSync(PROCESS_FILE, 'utf8').split('\n') : []
  return { ref, served, isAlive: isSameProcess(ref) }
}
