import type { Cell, CellResult } from './cell'
import { faults } from './faults'
import type { MatrixResult, Skipped } from './matrix'
import type { CutsResult } from './random-cuts'

const letters: Readonly<Record<string, string>> = {
  applied: 'A',
  'applied-unverified': 'V',
  reverted: 'R',
  'not-started': 'N',
  stale: 'S',
  'foreign-edit-kept': 'K',
  'undo-failed': 'U',
  split: 'P',
}

const legend =
  'A applied · V applied, not all proof seen · R reverted · N not started, nothing touched · S stale, nothing touched · K another hand’s edit kept · U undo failed, said, and done by hand · P split, said · skip cannot be had on this host · **RED** not as it should be · – makes no sense here, or is done on another host of the same kind of change'

/** The matrix as Markdown: one table for each subject and kind of host, faults down, moments across. */
export function tableOf({ results, skipped, late, problems }: MatrixResult, heading: string): string {
  const red = results.filter((result) => result.wrong.length > 0)
  const groups = [...new Set([...results, ...skipped].map(({ cell }) => groupOf(cell)))].toSorted()
  const reasons = [...new Set(skipped.map(({ why }) => why))].toSorted()
  return [
    '# Fault matrix',
    '',
    heading,
    '',
    `${results.length} cells were run, in ${hours(results)} of their own time, several at a time; ${red.length} of them are red; ${skipped.length} were skipped${late > 0 ? `; ${late} were not begun, as the time was over (shown as –)` : ''}.`,
    '',
    legend,
    '',
    ...reasons.map((why) => `- Skipped, ${skipped.filter((each) => each.why === why).length} cells. ${why}.`),
    ...problems.map((problem) => `- Not tried: ${problem}`),
    '',
    ...groups.flatMap((group) => groupTable(group, results, skipped)),
    ...(red.length === 0 ? [] : ['## Red cells', '', ...red.map(redLine), '']),
  ].join('\n')
}

const hours = (results: readonly CellResult[]) =>
  `${(results.reduce((sum, { seconds }) => sum + seconds, 0) / 3600).toFixed(1)} hours`

const groupOf = ({ subject, hosts }: Cell) => {
  const at = subject.alike?.findIndex((sets) => sets.some((set) => set.join() === hosts.join())) ?? -1
  return `${subject.id} on ${(subject.hosts[at] ?? hosts).join(' and ')}`
}

const whereOf = ({ hosts, host }: Cell) => (hosts.length > 1 ? `${hosts.join(' and ')}, ${host} struck` : host)

function groupTable(group: string, results: readonly CellResult[], skipped: readonly Skipped[]): string[] {
  const mine = results.filter(({ cell }) => groupOf(cell) === group)
  const missing = skipped.filter(({ cell }) => groupOf(cell) === group)
  const cells = [...mine, ...missing].map(({ cell }) => cell)
  const inOrder = cells.toSorted((a, b) => a.momentAt - b.momentAt)
  const moments = [...new Map(inOrder.map(({ moment }) => [moment.id, moment])).values()]
  const row = (faultId: string) =>
    moments.map((moment) => {
      const isThis = (cell: Cell) => cell.fault.id === faultId && cell.moment.id === moment.id
      const result = mine.find(({ cell }) => isThis(cell))
      if (result) return letter(result)
      return missing.some(({ cell }) => isThis(cell)) ? 'skip' : '–'
    })
  const rows = faults.filter((fault) => cells.some((cell) => cell.fault.id === fault.id))
  return [
    `## ${group}`,
    '',
    `Run on ${[...new Set(mine.map(({ cell }) => whereOf(cell)))].toSorted().join('; ')}.`,
    '',
    `| fault | ${moments.map((moment) => moment.title).join(' | ')} |`,
    `|---|${moments.map(() => '---').join('|')}|`,
    ...rows.map((fault) => `| ${fault.title} | ${row(fault.id).join(' | ')} |`),
    '',
  ]
}

const letter = ({ end, wrong }: CellResult) => `${letters[end] ?? end}${wrong.length > 0 ? ' **RED**' : ''}`

function redLine({ cell, end, wrong }: CellResult): string {
  return `- ${cell.subject.id} on ${whereOf(cell)}: ${cell.fault.title}, ${cell.moment.title}: ${end}. ${wrong.filter((line) => !line.startsWith('journal:')).join('; ')}`
}

/** What random cuts came to, as Markdown; `words` are those of the command line that have the same cuts again. */
export function cutsPage({ cuts, quiet, ends, worstS, wrong }: CutsResult, words: string, heading: string): string {
  const latest = `${Math.abs(worstS).toFixed(1)} s ${worstS > 0 ? 'behind' : 'before'} its deadline`
  return [
    '# Random cuts',
    '',
    heading,
    '',
    `The link was cut for good at a random moment of ${cuts} changes, and the host left alone until its own end; ${quiet} changes were not disturbed. ${wrong.length} were red: out of reach, neither old nor new, said to be what they were not, or taken back with nobody in their way. To have the same again: \`npm run lab -- faults ${words}\`.`,
    '',
    ...(Number.isFinite(worstS) ? [`The latest host came to its end ${latest} (10 s behind it are allowed).`, ''] : []),
    '| how they ended | changes |',
    '|---|---|',
    ...[...ends].toSorted(([a], [b]) => a.localeCompare(b)).map(([end, count]) => `| ${end} | ${count} |`),
    '',
    ...(wrong.length === 0 ? [] : ['## Red', '', ...wrong.map((each) => `- ${each.split('\n')[0]}`), '']),
  ].join('\n')
}
