import { expect } from 'vitest'
import { hostExec } from '@/e2e/lab/lab'
import type { Step } from '@/lib/agent'
import { shellQuote } from '@/lib/ssh/quote'

/** What a script prints on a lab host; throws where it fails. */
export async function shell(name: string, script: string): Promise<string> {
  const { code, stdout, stderr } = await hostExec(name, ['sh', '-c', script])
  if (code !== 0) throw new Error(`${name}: ${script}: ${code} ${stderr}`)
  return stdout
}

/** Runs a command on a lab host, which must end well and complain of nothing. */
export async function ok(name: string, argv: readonly string[], input?: string): Promise<void> {
  const { code, stdout, stderr } = await hostExec(name, [...argv], input === undefined ? {} : { input })
  expect(`${code} ${stderr}`, stdout).toBe('0 ')
}

/** Runs steps as the change's supervisor does, without the change around them, so that many rule sets can be tried. */
export async function run(name: string, steps: readonly Step[]): Promise<void> {
  const lines = steps.flatMap((step) => {
    if (step.kind === 'file') return [written(step.path, step.after?.bytes ?? null)]
    return step.kind === 'run' ? [fed(step.run, step.input)] : []
  })
  await ok(name, ['sh'], lines.join('\n'))
}

/** Takes the same steps back, the last one first, and asks each that can tell whether it is undone. */
export async function takeBack(name: string, steps: readonly Step[]): Promise<void> {
  const lines = steps.toReversed().flatMap((step) => {
    if (step.kind === 'file') return [written(step.path, step.before?.bytes ?? null)]
    if (step.kind !== 'run' || !('run' in step.undo)) return []
    return [fed(step.undo.run, step.undo.input), ...(step.isUndone ? [fed(step.isUndone)] : [])]
  })
  await ok(name, ['sh'], lines.join('\n'))
}

/** A line of a script: the command with its input; the script ends where it fails. */
function fed(argv: readonly string[], input = ''): string {
  const bytes = Buffer.from(input, 'latin1').toString('base64')
  const words = argv.map(shellQuote).join(' ')
  return `echo ${bytes} | base64 -d | ${words} || { echo ${shellQuote(argv.slice(3).join(' '))} failed >&2; exit 1; }`
}

function written(path: string, bytes: string | null): string {
  const folder = path.replace(/\/[^/]*$/, '')
  if (bytes === null) return `rm -f ${path}; ${isOfPackage(folder) ? ':' : `rmdir ${folder} 2>/dev/null || :`}`
  return `mkdir -p ${folder}; ${fed(['tee', path], bytes).replace(' ||', ' >/dev/null ||')}`
}

/** Folders that came with a package, and stay when they are empty. */
function isOfPackage(folder: string): boolean {
  return folder.startsWith('/etc/firewalld/')
}
