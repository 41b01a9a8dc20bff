import { ipsecAgent } from '@/agents/ipsec'
import { meshOf } from './mesh-of'
import { printFigure, printMachine, seconds } from './report'
import { median } from './statistics'

// The plan of a whole mesh, from facts to steps: that its time grows with the pairs and no faster.
const sizes = [25, 50, 100, 200]
const rounds = 3

printMachine()
const perPair = new Map<number, number>()
// The first plans of a process are slower, whatever their size.
for (let round = 0; round < 10; round += 1) {
  const { hosts, wish } = meshOf(25)
  ipsecAgent.plan(hosts, wish)
}
for (const size of sizes) {
  const { hosts, wish } = meshOf(size)
  const pairs = (size * (size - 1)) / 2
  const times: number[] = []
  let bytes = 0
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now()
    const plan = ipsecAgent.plan(hosts, wish)
    times.push(performance.now() - begun)
    bytes = plan.phases.reduce((sum, phase) => sum + JSON.stringify(phase).length, 0)
  }
  const time = median(times)
  perPair.set(size, time / pairs)
  const words = [`${pairs} pairs`, seconds(time).trim(), `${((1000 * time) / pairs).toFixed(0)} µs a pair`]
  console.log(`  ${String(size).padStart(3)} members: ${words.join(', ')}, ${(bytes / 1e6).toFixed(1)} MB of steps`)
}
for (const size of sizes.slice(1))
  printFigure(`mesh-plan-${size}-a-pair-to-25`, (perPair.get(size) ?? 0) / (perPair.get(25) ?? 1), 1.5)
