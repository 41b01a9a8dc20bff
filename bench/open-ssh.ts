import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LabHost } from '@/e2e/lab/lab'
import { runCommand } from './run-command'

/** OpenSSH's own client, as somebody uses it by hand for many hosts at once. */
export interface OpenSsh {
  /** Logs in to each host once and leaves the connections open for runs of the kind `kept`. */
  keepConnections(): Promise<void>
  endConnections(): Promise<void>
  /** `ssh host sh` on every host at once; gives milliseconds. Throws an Error when an answer does not end with `end`. */
  runScript(how: 'cold' | 'kept', script: string, end: string): Promise<number>
}

// A small shell starts the clients: a big process would take longer to fork, which is no fault of theirs.
const allAtOnce = `dir=$1 input=$2 command=$3; shift 3
for host in $HOSTS; do ssh "$@" "root@$host" $command <"$input" >"$dir/$host.out" & done; wait`

/** Makes it. `dir` must be short, as sockets lie in it. */
export function openSsh(dir: string, hosts: readonly LabHost[]): OpenSsh {
  const addresses = hosts.map((host) => host.address)
  const options = clientOptions(dir, hosts)
  const socket = ['-o', `ControlPath=${join(dir, '%h')}`]
  mkdirSync(dir, { recursive: true })
  const call = (words: readonly string[], input: string, command: string) =>
    runCommand(['sh', '-c', allAtOnce, 'sh', dir, input, command, ...words], { env: { HOSTS: addresses.join(' ') } })
  return {
    async keepConnections() {
      await call([...options, ...socket, '-M', '-N', '-f'], '/dev/null', '')
    },
    async endConnections() {
      await call([...options, ...socket, '-O', 'exit'], '/dev/null', '')
    },
    async runScript(how, script, end) {
      const input = join(dir, 'script')
      writeFileSync(input, script)
      const { ms } = await call(how === 'kept' ? [...options, ...socket] : options, input, 'sh')
      for (const address of addresses) checkAnswer(address, readFileSync(join(dir, `${address}.out`), 'utf8'), end)
      return ms
    },
  }
}

/** What every OpenSSH client of a bench is told: the lab's key, the hosts' own keys, and no settings of this machine. */
export function clientOptions(dir: string, hosts: readonly LabHost[]): string[] {
  const knownHosts = join(dir, 'known_hosts')
  const lines = hosts.flatMap((host) => host.hostKeys.map((key) => `${host.address} ${key.line}\n`))
  mkdirSync(dir, { recursive: true })
  writeFileSync(knownHosts, lines.join(''))
  const settings = [`UserKnownHostsFile=${knownHosts}`, 'StrictHostKeyChecking=yes', 'IdentitiesOnly=yes']
  const key = hosts[0]?.keys.ed25519 ?? ''
  return ['-F', 'none', '-i', key, ...[...settings, 'BatchMode=yes', 'LogLevel=ERROR'].flatMap((one) => ['-o', one])]
}

function checkAnswer(address: string, answer: string, end: string): void {
  if (answer.endsWith(end)) return
  throw new Error(`expected the whole answer of ${address}, got ${answer.length} characters: …${answer.slice(-300)}`)
}
