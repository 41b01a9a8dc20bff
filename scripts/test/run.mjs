import { spawn } from 'node:child_process'

/**
 * Runs a command on this terminal and returns its exit code. SIGTERM to this process is handed on to it. What it writes
 * on standard error is given to `onError` too, if there is one.
 */
export function run([program, ...words], env = {}, onError = null) {
  return new Promise((resolve) => {
    const stdio = ['ignore', 'inherit', onError ? 'pipe' : 'inherit']
    const child = spawn(program, words, { stdio, env: { ...process.env, ...env } })
    child.stderr?.on('data', (chunk) => {
      process.stderr.write(chunk)
      onError(chunk.toString())
    })
    const handOn = () => child.kill('SIGTERM')
    process.on('SIGTERM', handOn)
    const end = (code) => {
      process.off('SIGTERM', handOn)
      resolve(code)
    }
    child.on('error', (error) => {
      console.error(error.message)
      end(1)
    })
    child.on('close', (code) => end(code ?? 1))
  })
}
