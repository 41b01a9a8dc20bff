import { readAllHosts } from '@/lib/reading/read-hosts'
import { sshPool } from '@/lib/ssh'
import { benchCtx, withBenchStore } from './bench-store'
import { manyLabHosts } from './lab-hosts'

const tier = process.env['BENCH_TIER'] === 'deep' ? 'deep' : 'cheap'
await withBenchStore(manyLabHosts(20), async () => {
  const n = Number(process.env['N'] ?? 15)
  for (const how of ['cold', 'kept'] as const) {
    for (let i = 0; i < n; i++) {
      if (how === 'cold') {
        await sshPool().close()
        await new Promise((r) => setTimeout(r, 200))
      }
      const c = process.cpuUsage()
      const t = performance.now()
      const r = await readAllHosts(benchCtx, { tier })
      const ms = performance.now() - t
      const u = process.cpuUsage(c)
      console.log(
        how,
        ms.toFixed(0),
        'cpu',
        ((u.user + u.system) / 1000).toFixed(0),
        'user',
        (u.user / 1000).toFixed(0),
        r.filter((x) => x.ok).length,
      )
    }
  }
  await sshPool().close()
})
