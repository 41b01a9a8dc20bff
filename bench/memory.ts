import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { read } from '@/lib/db'
import { freePort, startPollux } from '@/scripts/start/test-start'
import { withBenchStore } from './bench-store'
import { manyLabHosts } from './lab-hosts'
import { printFigure, printMachine } from './report'

// What the server holds in memory after it read the facts of 100 hosts: a Pollux that runs as ever, with its own schedule's
// jobs, begun at once. The target is our own: a virtual machine of 512 MB shall carry it beside its system.
const count = Number(process.env['BENCH_HOSTS'] ?? 100)
const targetMb = 350

printMachine()
await withBenchStore(manyLabHosts(count), async () => {
  const pollux = startPollux({
    HOST: '127.0.0.1',
    PORT: await freePort(),
    POLLUX_DATA: process.env['POLLUX_DATA'] ?? '',
    NODE_OPTIONS: `--import ${resolve('bench/run-jobs-on-signal.mjs')}`,
  })
  try {
    const url = await pollux.serving
    const page = await fetch(`${url}/sign-in`)
    if (!page.ok) throw new Error(`expected the sign-in page, got ${page.status}`)
    await page.text()
    const pid = pollux.child.pid ?? 0
    console.log(`  ${megabytes(pid, 'VmRSS')} once it serves and has shown a page`)
    pollux.child.kill('SIGUSR2')
    const lines = createInterface({ input: pollux.child.stdout })
    for (const name of ['read facts', 'read all facts', 'read facts', 'read all facts']) {
      const line = await nextLine(lines, `bench: ${name} `)
      await expectAllRead()
      console.log(`  ${megabytes(pid, 'VmRSS')} after '${name}' of ${count} hosts (${line})`)
    }
    console.log(`  ${megabytes(pid, 'VmHWM')} at most`)
    printFigure('memory-after-refresh', memoryOf(pid, 'VmRSS') / targetMb, 1)
  } finally {
    pollux.child.kill('SIGTERM')
    await pollux.ended
  }
})

async function nextLine(lines: AsyncIterable<string> & NodeJS.EventEmitter, start: string): Promise<string> {
  for (;;) {
    const [line]: string[] = await once(lines, 'line')
    if (line?.startsWith(start)) {
      if (line.includes('failed')) throw new Error(line)
      return line.slice(start.length)
    }
  }
}

async function expectAllRead(): Promise<void> {
  const fresh = await read((tx) => tx.host.count({ where: { factsAt: { not: null }, reach: 'ok' } }))
  if (fresh !== count) throw new Error(`expected ${count} hosts read, got ${fresh}`)
}

/** In MB of 1,000,000 bytes (proc(5): status counts in units of 1024). */
function memoryOf(pid: number, field: 'VmRSS' | 'VmHWM'): number {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return (Number(found) * 1024) / 1e6
}

function megabytes(pid: number, field: 'VmRSS' | 'VmHWM'): string {
  return `${memoryOf(pid, field).toFixed(0).padStart(5)} MB`
}
