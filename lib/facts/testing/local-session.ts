import { spawn } from 'node:child_process'
import type { FactsSession } from '../run-script'

/** The shells that the host-side code is proved under, as argv. */
export const shells: Readonly<Record<string, readonly [string, ...string[]]>> = {
  dash: ['dash'],
  'busybox ash': ['busybox', 'ash'],
  posh: ['posh'],
  bash: ['bash', '--posix'],
}

const remountAndRun = `
set -e
mount --make-rprivate /
while read -r _ point _; do
  case $point in /proc|/proc/*|/sys|/sys/*|/dev|/dev/*) continue ;; esac
  mount -o remount,ro,bind "$point" 2>/dev/null || :
done </proc/mounts
! touch /tmp/pollux-write-test 2>/dev/null
exec sh
`

/** A shell in whose view every file system is read-only; needs root and mount namespaces. */
export const readOnlyShell: readonly [string, ...string[]] = ['unshare', '-m', 'sh', '-c', remountAndRun]

/** A session on this machine's own shell, for tests: what a pooled SSH session does, without the wire. */
export function localSession(argv: readonly [string, ...string[]] = ['sh']): FactsSession {
  const [program, ...words] = argv
  return {
    script: (sh, { timeoutMs, maxBytes, onStdout, signal }) =>
      new Promise((resolve, reject) => {
        const child = spawn(program, words, { detached: true })
        const out: Buffer[] = []
        const err: Buffer[] = []
        let size = 0
        const flags = { timedOut: false, truncated: false, canceled: false }
        const end = (flag: keyof typeof flags) => {
          flags[flag] = true
          // The whole group: what the shell started must not outlive the test.
          if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
        }
        const timer = setTimeout(() => end('timedOut'), timeoutMs)
        const cancel = () => end('canceled')
        signal.addEventListener('abort', cancel)
        child.on('error', reject)
        child.stdin.on('error', () => {})
        child.stdout.on('data', (chunk: Buffer) => {
          if (flags.truncated) return
          size += chunk.length
          out.push(chunk)
          onStdout(chunk)
          if (size > maxBytes) end('truncated')
        })
        child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
        child.on('close', (exitCode) => {
          clearTimeout(timer)
          signal.removeEventListener('abort', cancel)
          resolve({ exitCode, stdout: Buffer.concat(out), stderr: Buffer.concat(err), ...flags })
        })
        // As it arrives over SSH: whole, or not at all.
        child.stdin.end(`{\n${sh}\n} </dev/null\n`)
      }),
  }
}
