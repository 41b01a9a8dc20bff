import { spawn } from 'node:child_process'
import { insideArgv } from '@/e2e/lab/inside'

// Runs the command it is given inside the lab's network namespace, and ends as it ends.
const [program = '', ...words] = insideArgv(process.argv.slice(2))
const child = spawn(program, words, { stdio: 'inherit' })
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('close', (code) => process.exit(code ?? 1))
