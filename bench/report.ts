import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import type { Comparison } from './statistics'

/** Says on what the figures below were taken. */
export function printMachine(): void {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  const gib = (totalmem() / 2 ** 30).toFixed(1)
  const load = loadavg()[0]?.toFixed(1)
  console.log(`machine: ${cpus().length} cores (${model}), ${gib} GiB, Linux ${release()}, ${distribution()}`)
  console.log(`         Node.js ${process.versions.node}, load ${load} at the start`)
}

/** Says the absolute times of a comparison, in milliseconds. */
export function printComparison(baselineName: string, oursName: string, found: Comparison): void {
  const width = Math.max(baselineName.length, oursName.length)
  console.log(`  ${baselineName.padEnd(width)}  ${seconds(found.baseline)}`)
  console.log(
    `  ${oursName.padEnd(width)}  ${seconds(found.ours)}  ratio ${round(found.ratio)} (${found.spread.map(round).join(' to ')})`,
  )
}

/** The line that a program reads. Without a target the figure is told, not judged. */
export function printFigure(bench: string, ratio: number, target: number | null): void {
  const ok = target === null || ratio <= target
  console.log(JSON.stringify({ bench, ratio: round(ratio), target, ok }))
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2).padStart(6)} s`
}

function round(number: number): number {
  return Math.round(number * 1000) / 1000
}

function distribution(): string {
  return /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'unknown distribution'
}
