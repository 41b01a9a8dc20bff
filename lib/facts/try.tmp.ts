import { writeFileSync } from 'node:fs'
import { buildFactsScript, cheapFactsOf, cheapProbes, deepFactsOf, deepProbes, readFacts } from '@/lib/facts'
import { localSession, shells } from '@/lib/facts/local-session'

const script = `{\n${buildFactsScript(cheapProbes, '0123456789abcdef0123456789abcdef')}\n} </dev/null\n`
writeFileSync('/tmp/cheap.sh', script)
console.log('script bytes', script.length)
for (const [name, argv] of Object.entries(shells)) {
  const run = await readFacts(localSession(argv), cheapProbes)
  const facts = cheapFactsOf(run)
  console.log(
    name,
    run.durationMs,
    run.roundTrips,
    run.problems,
    Object.values(facts)
      .filter((f) => f.state !== 'read')
      .map((f) => f),
  )
  if (name === 'dash') console.log(JSON.stringify(facts, null, 1).replace(/\n\s{4,}/g, ' '))
}
const run = await readFacts(localSession(), deepProbes)
console.log(run.durationMs, JSON.stringify(deepFactsOf(run), null, 1).slice(0, 1500))
