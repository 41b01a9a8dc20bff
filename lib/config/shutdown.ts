import { single } from './single'

/** In this order a process ends: no new work, then what streams, then what is connected, then the store. */
const phases = ['intake', 'streams', 'connections', 'store'] as const
export type ShutdownPhase = (typeof phases)[number]

interface Task {
  phase: ShutdownPhase
  name: string
  run(): Promise<void> | void
}

interface Shutdown {
  controller: AbortController
  tasks: Set<Task>
}

export interface ShutdownTrouble {
  name: string
  error: unknown
}

/** Names work for the end of the process. Returns what takes it off the list again. */
export function onShutdown(phase: ShutdownPhase, name: string, run: () => Promise<void> | void): () => void {
  const task: Task = { phase, name, run }
  shutdown().tasks.add(task)
  return () => {
    shutdown().tasks.delete(task)
  }
}

/** Aborts when the process begins to end: for streams, and for waiting that need not go on. */
export function shutdownSignal(): AbortSignal {
  return shutdown().controller.signal
}

/** Ends all that was named, phase by phase; a task that fails or takes longer than `patienceMs` is reported, not waited for. */
export async function runShutdown(patienceMs: number): Promise<ShutdownTrouble[]> {
  const { controller, tasks } = shutdown()
  controller.abort(new Error('Pollux is ending'))
  const troubles: ShutdownTrouble[] = []
  for (const phase of phases) {
    const due = [...tasks].filter((task) => task.phase === phase)
    const results = await Promise.allSettled(due.map((task) => withinTime(task, patienceMs)))
    for (const [index, result] of results.entries())
      if (result.status === 'rejected') troubles.push({ name: due[index]?.name ?? '', error: result.reason })
  }
  return troubles
}

async function withinTime(task: Task, patienceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`expected to end within ${patienceMs} ms`)), patienceMs)
  })
  try {
    await Promise.race([(async () => task.run())(), late])
  } finally {
    clearTimeout(timer)
  }
}

function shutdown(): Shutdown {
  return single('shutdown', () => ({ controller: new AbortController(), tasks: new Set() }))
}
