import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@/scripts/start/test-start'
import { printFigure, printMachine, seconds } from './report'
import { runCommand } from './run-command'

// From a clean clone to the first page, with an npm cache that is empty and then with the one that this filled. It needs
// a registry, so it runs outside the lab's network.
const dir = mkdtempSync(join(tmpdir(), 'pollux-install-'))
printMachine()
try {
  const cold = await firstPage('cold')
  const warm = await firstPage('warm')
  console.log(`  ${seconds(cold)}  clean clone to first page, empty npm cache`)
  console.log(`  ${seconds(warm)}  the same with the cache that this filled, ratio ${(warm / cold).toFixed(2)}`)
  printFigure('install-warm-to-cold', warm / cold, null)
} finally {
  rmSync(dir, { recursive: true, force: true })
}

/** Milliseconds from `git clone` to the whole first page. */
async function firstPage(name: string): Promise<number> {
  const tree = join(dir, name)
  const begun = performance.now()
  await runCommand(['git', 'clone', '--quiet', '--no-hardlinks', process.cwd(), tree])
  const port = await freePort()
  const env = { ...process.env, HOST: '127.0.0.1', PORT: port, POLLUX_DATA: join(dir, `${name}-data`) }
  const child = spawn('npm', ['start'], {
    cwd: tree,
    env: { ...env, npm_config_cache: join(dir, 'npm-cache') },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: npm hands a signal on to what it started only when it runs a terminal.
    detached: true,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const ended = once(child, 'close')
  try {
    await untilServing(child.stdout, ended, () => output)
    const page = await fetch(`http://127.0.0.1:${port}/sign-in`)
    if (!page.ok) throw new Error(`expected the first page, got ${page.status}`)
    await page.text()
    return performance.now() - begun
  } finally {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM')
    await ended
    console.log(
      stepsOf(output)
        .map((line) => `    ${name}: ${line}`)
        .join('\n'),
    )
    rmSync(tree, { recursive: true, force: true })
  }
}

async function untilServing(
  stdout: NodeJS.ReadableStream,
  ended: Promise<unknown>,
  output: () => string,
): Promise<void> {
  let isEnded = false
  const end = ended.then(() => {
    isEnded = true
  })
  while (!/^Pollux is at /m.test(output())) {
    await Promise.race([once(stdout, 'data'), end])
    if (isEnded) throw new Error(`expected Pollux to serve, got its end:\n${output().slice(-3000)}`)
  }
}

/** "Installing packages … 14.2 s" */
function stepsOf(output: string): string[] {
  return output.split('\n').filter((line) => / … [\d.]+ s$/.test(line))
}
