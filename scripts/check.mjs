// npm run check: format, lint, types, import rules and the store's migrations, at once and in seconds.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { wrongImports } from './check/import-rules.mjs'
import { listSources } from './check/list-sources.mjs'
import { ensureInstalled } from './start/install.mjs'
import { sentenceOf } from './start/refusal.mjs'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

const isTerminal = process.stdout.isTTY === true

const checks = {
  'format and lint': () =>
    run('node_modules/.bin/biome', ['ci', '--error-on-warnings', `--colors=${isTerminal ? 'force' : 'off'}`, '.']),
  // Without what the last build wrote: pages that are gone would still be looked for.
  types: () =>
    run('node_modules/.bin/tsc', ['--noEmit', '-p', 'scripts/check/tsconfig.json', '--pretty', String(isTerminal)]),
  imports: () => report(listSources().flatMap((file) => wrongImports(file, readFileSync(file, 'utf8')))),
  migrations: async () => {
    const { missingMigration } = await import('./schema-engine.mjs')
    const missing = await missingMigration()
    return report(
      missing === null ? [] : [`The schema asks for a migration (npm run generate -- migration NAME):\n${missing}`],
    )
  },
}

try {
  const begun = performance.now()
  await ensureInstalled()
  const results = await Promise.all(Object.entries(checks).map(([name, check]) => timed(name, check)))
  for (const { name, ok, output, ms } of results) {
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${(ms / 1000).toFixed(1)} s)`)
    if (!ok) console.log(output)
  }
  console.log(`checked in ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  process.exitCode = results.every(({ ok }) => ok) ? 0 : 1
} catch (error) {
  console.error(sentenceOf(error) ?? error)
  process.exitCode = 1
}

async function timed(name, check) {
  const begun = performance.now()
  const result = await check()
  return { name, ...result, ms: performance.now() - begun }
}

function report(wrong) {
  return { ok: wrong.length === 0, output: wrong.join('\n') }
}

function run(program, words) {
  return new Promise((resolve) => {
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk
      })
    child.on('error', (error) => resolve({ ok: false, output: error.message }))
    child.on('close', (code) => resolve({ ok: code === 0, output }))
  })
}
