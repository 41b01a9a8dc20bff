import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { dataDir } from '@/lib/config/data-dir'
import { listenUrl } from '@/lib/config/listen'
import { AppError } from '@/lib/errors'
import { readWords, wrongWords } from './command-line/words'
import { planInstall, planRemoval, readServiceFacts, type ServiceStep } from './service/plan-service'
import { type ServiceSettings, unitText } from './service/unit-text'

// npm run install-service: shows what it would do, asks, and has systemd run Pollux as a user of its own. --remove takes
// all of that back and leaves the data. HOST, PORT and the other settings of this call are the service's.
const usage = 'npm run install-service [-- --yes] [--remove]'
const words = readWords(usage, {
  yes: { type: 'boolean', default: false },
  remove: { type: 'boolean', default: false },
})
const passedOn = ['HOST', 'PORT', 'POLLUX_INSECURE', 'POLLUX_ORIGIN']
const settings: ServiceSettings = {
  user: 'pollux',
  node: process.execPath,
  folder: process.cwd(),
  dataDir: dataDir(),
  env: Object.fromEntries(passedOn.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
}
const facts = readServiceFacts(settings, (...argv) => ask(argv))
const steps = words.remove ? planRemoval(settings, facts) : planInstall(settings, facts)
if (steps.length === 0) {
  console.log(words.remove ? 'There is no service to remove.' : 'The service is installed and runs as it would be now.')
  process.exit(0)
}
show(steps)
if (!words.yes && !(await isAgreed())) {
  console.log('Nothing was done.')
  process.exit(1)
}
if (!words.remove) {
  verifyUnit()
  must(['node', 'scripts/start.mjs', '--build-only'])
}
for (const step of steps) take(step)
console.log(words.remove ? `Done. The data stays in ${settings.dataDir}.` : await howItRuns())
process.exit(0)

function show(all: readonly ServiceStep[]): void {
  for (const step of all) {
    console.log(`- ${step.says}${step.kind === 'run' ? `: ${step.argv.join(' ')}` : ''}`)
    if (step.kind === 'write') console.log(step.text.replaceAll(/^/gm, '    ').trimEnd())
  }
}

async function isAgreed(): Promise<boolean> {
  if (!process.stdin.isTTY)
    wrongWords(usage, 'There is no terminal to ask on. Look at the steps above; --yes does them.')
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await lines.question('Do this? [y/N] ')
  lines.close()
  return /^y(es)?$/i.test(answer.trim())
}

// systemd itself reads the unit before anything is changed.
function verifyUnit(): void {
  const folder = mkdtempSync(join(tmpdir(), 'pollux-unit-'))
  try {
    const file = join(folder, 'pollux.service')
    writeFileSync(file, unitText(settings))
    const { status, stderr, error } = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' })
    if (error === undefined && status !== 0) fail(`systemd does not take the unit: ${stderr.trim()}`)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function take(step: ServiceStep): void {
  if (step.kind === 'write') writeFileSync(step.file, step.text, { mode: 0o644 })
  else if (step.kind === 'remove') rmSync(step.file, { force: true })
  else must(step.argv)
}

function must([program, ...rest]: readonly [string, ...string[]]): void {
  const { status, error, stderr } = spawnSync(program === 'node' ? process.execPath : program, rest, {
    encoding: 'utf8',
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  if (status !== 0) fail(`${[program, ...rest].join(' ')} failed: ${(error?.message ?? stderr).trim()}`)
}

function ask([program, ...rest]: readonly [string, ...string[]]): string | null {
  const { stdout, error } = spawnSync(program, rest, { encoding: 'utf8' })
  return error === undefined && stdout !== '' ? stdout : null
}

async function howItRuns(): Promise<string> {
  const until = AbortSignal.timeout(60_000)
  while (!until.aborted) {
    const isUp = await fetch(`${listenUrl()}/healthz`, { signal: AbortSignal.timeout(5_000) }).then(
      (answer) => answer.ok,
      () => false,
    )
    if (isUp)
      return `Pollux runs at ${listenUrl()}. Its log: journalctl -u pollux. The first admin's link: npm run link`
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  return fail(`Pollux does not answer at ${listenUrl()} yet. Look at: journalctl -u pollux -e`)
}

function fail(sentence: string): never {
  throw new AppError('internal', sentence, { userMessage: sentence })
}
