import { spawn } from 'node:child_process'
import { Refusal } from './refusal.mjs'

/** Nothing that is installed or built may phone home, and Prisma must not look for an engine that is not needed. */
export const quietEnv = {
  CHECKPOINT_DISABLE: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
}

/** Runs one command quietly, saying what it is for; its output is shown when it fails. Throws a Refusal then. */
export async function runStep(title, program, words, env = {}) {
  const begun = Date.now()
  process.stdout.write(`${title} …`)
  const { code, output } = await run(program, words, { ...process.env, ...quietEnv, ...env })
  const took = ((Date.now() - begun) / 1000).toFixed(1)
  process.stdout.write(code === 0 ? ` ${took} s\n` : '\n')
  if (code === 0) return
  process.stderr.write(output)
  throw new Refusal(`${title} failed: "${program} ${words.join(' ')}" ended with ${code}. Its output is above.`)
}

function run(program, words, env) {
  return new Promise((resolve) => {
    const child = spawn(program, words, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const endChild = () => {
      child.kill()
      process.exit(1)
    }
    process.once('SIGTERM', endChild)
    const chunks = []
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    child.on('error', (error) => resolve({ code: error.code ?? 'an error', output: `${error.message}\n` }))
    child.on('close', (code, signal) => {
      process.off('SIGTERM', endChild)
      resolve({ code: code ?? signal, output: Buffer.concat(chunks).toString() })
    })
  })
}
