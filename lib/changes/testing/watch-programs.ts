import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { getLabHost, hostExec, waitUntil } from '@/e2e/lab/lab'

/** Every process of a host, as this machine numbers them. */
function processesOf(name: string): number[] {
  const first = Number(getLabHost(name).process.split(' ')[0])
  const space = (pid: number) => {
    try {
      return readlinkSync(`/proc/${pid}/ns/pid_for_children`)
    } catch {
      return ''
    }
  }
  const wanted = readlinkSync(`/proc/${first}/ns/pid_for_children`)
  const all = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
  return all.filter((pid) => space(pid) === wanted)
}

/**
 * Writes down every program that a host of the lab starts from now on, with all its words and its environment. Returns what
 * ends it.
 */
export async function watchPrograms(name: string, into: string): Promise<() => void> {
  const pids = processesOf(name).flatMap((pid) => ['-p', String(pid)])
  const words = ['-f', '-q', '-v', '-s', '100000', '-e', 'trace=execve', '-o', into, ...pids]
  const watcher = spawn('strace', words, { stdio: 'ignore' })
  const isTraced = async () => {
    await hostExec(name, ['true'])
    const first = Number(getLabHost(name).process.split(' ')[0])
    return /TracerPid:\t[1-9]/.test(readFileSync(`/proc/${first}/status`, 'utf8'))
  }
  await waitUntil('strace is there', isTraced, 20)
  return () => {
    watcher.kill('SIGINT')
  }
}
