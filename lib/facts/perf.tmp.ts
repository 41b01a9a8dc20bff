import { cheapFactsOf, cheapProbes, readFacts, buildFactsScript, type FactsSession } from '@/lib/facts'
import { localSession } from '@/lib/facts/local-session'
let out = Buffer.alloc(0); let nonce = ''
const rec: FactsSession = { script: async (sh, o) => { nonce = /nonce=(\w+)/.exec(sh)?.[1] ?? ''; const r = await localSession(['dash']).script(sh, o); out = r.stdout; return r } }
await readFacts(rec, cheapProbes)
const replay: FactsSession = { script: async (sh, o) => { const n = /nonce=(\w+)/.exec(sh)?.[1] ?? ''; const b = Buffer.from(out.toString('latin1').replaceAll(nonce, n), 'latin1'); o.onStdout(b); return { exitCode: 0, stdout: b, stderr: '', timedOut: false, truncated: false, canceled: false } } }
for (const n of [20, 20, 200]) {
  const c0 = process.cpuUsage(); const t = performance.now()
  for (let i = 0; i < n; i++) cheapFactsOf(await readFacts(replay, cheapProbes))
  const c = process.cpuUsage(c0)
  console.log(n, 'hosts', (performance.now() - t).toFixed(1), 'ms', ((c.user + c.system) / 1000 / n).toFixed(2), 'ms cpu each', out.length)
}
const t2 = performance.now(); for (let i = 0; i < 200; i++) buildFactsScript(cheapProbes, nonce); console.log('build', ((performance.now() - t2) / 200).toFixed(3))
