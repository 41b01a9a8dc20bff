import { spawn } from 'node:child_process'

/** Runs a command on this terminal and returns its exit code. SIGTERM to this process is handed on to it. */
export function run([program, ...words], env = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, words, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } })
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
