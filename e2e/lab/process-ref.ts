import { readFileSync } from 'node:fs'

/**
 * A process named so that a later one with the same number is not mistaken for it: "PID START", START being field 22
 * of /proc/PID/stat (proc(5): clock ticks after boot).
 */
export function processRef(pid: number): string {
  return `${pid} ${startTime(pid) ?? '?'}`
}

/** Whether the process that `processRef` named still runs (a zombie does not). */
export function isSameProcess(ref: string): boolean {
  const [pid, start] = ref.trim().split(' ')
  const number = Number(pid)
  return Number.isInteger(number) && number > 0 && startTime(number) === start
}

export function pidOf(ref: string): number {
  return Number(ref.trim().split(' ')[0])
}

function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command name may hold spaces and brackets; the fields begin after its last bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
  } catch {
    return undefined
  }
}
