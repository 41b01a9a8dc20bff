import { cheapFactsOf, cheapProbes, readFacts } from '@/lib/facts'
import { localSession, shells } from '@/lib/facts/local-session'
for (const name of ['busybox ash','dash']) {
  const run = await readFacts(localSession(shells[name] ?? ['sh']), cheapProbes)
  const facts = cheapFactsOf(run)
  console.log(name, run.durationMs, facts.clock, Object.entries(facts).filter(([,f]) => f.state !== 'read'))
}
