// Asks each login something ten times a second and notes the longest silence of each. A process of its own, so that what is
// measured are the hosts, and not how busy the test is. Usage: heartbeat-program.mjs '[["ssh",…],…]'; prints "ready" once
// every login has answered, and ends with its standard input: then it prints what it saw, as JSON, in the order of the logins.
import { spawn } from 'node:child_process'

const BEAT_MS = 100

const beats = JSON.parse(process.argv[2] ?? '[]').map(([program, ...args]) => {
  const login = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const beat = { login, last: 0, silenceMs: 0, answered: 0 }
  login.stdin.on('error', () => undefined)
  login.stdout.on('data', (chunk) => {
    note(beat)
    beat.answered += chunk.length
    tellWhenReady()
  })
  return beat
})
const timer = setInterval(() => {
  for (const { login } of beats) login.stdin.write('.')
}, BEAT_MS)

let isReady = false
function tellWhenReady() {
  if (isReady || beats.some(({ answered }) => answered === 0)) return
  isReady = true
  console.log('ready')
}

function note(beat) {
  const now = performance.now()
  if (beat.last > 0) beat.silenceMs = Math.max(beat.silenceMs, now - beat.last)
  beat.last = now
}

process.stdin.resume()
process.stdin.on('end', () => {
  clearInterval(timer)
  for (const beat of beats) {
    note(beat)
    beat.login.kill()
  }
  console.log(JSON.stringify(beats.map(({ silenceMs, answered }) => ({ silenceMs: Math.round(silenceMs), answered }))))
})
