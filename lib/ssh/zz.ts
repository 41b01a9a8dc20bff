import { createSshPool } from '@/lib/ssh/pool'
import { startSshd } from '@/lib/ssh/testing/start-sshd'
const sshd = await startSshd({ hostKeyTypes: ['ed25519'] })
const sh = 'head -c 65536 /dev/zero'
async function round(label: string, maxHandshakes: number) {
  const pool = createSshPool({ maxHandshakes })
  const c0 = process.cpuUsage(), t0 = performance.now()
  await Promise.all(Array.from({ length: 20 }, (_, i) => pool.script(sshd.target({ hostId: `h${i}` }), sh)))
  const c = process.cpuUsage(c0), cold = performance.now() - t0
  const k0 = process.cpuUsage(), t1 = performance.now()
  await Promise.all(Array.from({ length: 20 }, (_, i) => pool.script(sshd.target({ hostId: `h${i}` }), sh)))
  const k = process.cpuUsage(k0)
  console.log(label, 'cold', cold.toFixed(0), 'ms, cpu/conn', ((c.user + c.system) / 20000).toFixed(1), 'kept', (performance.now() - t1).toFixed(0), 'ms, cpu/cmd', ((k.user + k.system) / 20000).toFixed(1))
  await pool.close()
}
for (const n of [16, 16, 4, 8, 32, 16, 4, 32]) await round(`hs=${n}`, n)
const { spawn } = await import('node:child_process'); const { writeFileSync } = await import('node:fs'); const { once } = await import('node:events')
writeFileSync('/tmp/sshb/idk', sshd.login.privateKey, { mode: 0o600 })
for (let r = 0; r < 3; r++) {
  const t = performance.now()
  await Promise.all(Array.from({ length: 20 }, async () => { const p = spawn('ssh', ['-p', String(sshd.port), '-i', '/tmp/sshb/idk', '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR', 'root@127.0.0.1', 'sh'], { stdio: ['pipe', 'ignore', 'inherit'] }); p.stdin.end(sh + '\n'); await once(p, 'exit') }))
  console.log('bare openssh cold', (performance.now() - t).toFixed(0))
}
await sshd.stop()
