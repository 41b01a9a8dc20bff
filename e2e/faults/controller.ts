import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Plan } from '@/lib/agent'
import { bundle } from '@/scripts/start/bundle.mjs'
import type { Hold } from './instrument'

const bundles = `node_modules/.cache/pollux-faults/${process.pid}`
let program: Promise<string> | null = null

/** The dashboard as one file, made once: it is started for many cells, and compiling it each time would be most of that. */
function dashboardProgram(): Promise<string> {
  if (!program) {
    program = bundle('e2e/faults/dashboard.ts', `${bundles}/dashboard.mjs`)
    process.on('exit', () => rmSync(bundles, { recursive: true, force: true }))
  }
  return program
}

export interface PlannedChange {
  changeId: number
  directory: string
  plan: Plan
  hostNames: Record<string, string>
}

/** What the screen says of a change. */
export interface Screen {
  state: string
  outcome: string | null
  detail: string | null
  hosts: { name: string; state: string; outcome: string | null }[]
  journal: string[]
}

/** A dashboard as a process that can be killed and started again on what it left. */
export class Dashboard {
  dir = mkdtempSync(join(tmpdir(), 'pollux-faults-'))
  #child: ChildProcess | null = null
  #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  #events = new Map<string, () => void>()
  #last = 0

  /** Starts it on its data folder; `resume` also takes up what it left open. */
  async start(): Promise<void> {
    const log = openSync(join(this.dir, 'dashboard.log'), 'a')
    const child = spawn(process.execPath, [await dashboardProgram(), this.dir], { stdio: ['pipe', 'pipe', log] })
    this.#child = child
    const ready = this.event('ready')
    child.stdin?.on('error', () => undefined)
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => this.#take(line))
    child.once('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the dashboard is gone'))
      this.#waiting.clear()
    })
    await Promise.race([
      ready,
      once(child, 'exit').then(() => Promise.reject(new Error(`the dashboard ended: ${this.dir}/dashboard.log`))),
    ])
  }

  get isRunning(): boolean {
    return this.#child !== null
  }

  /** kill -9: nothing of it is told to anybody. */
  async kill(): Promise<void> {
    const child = this.#child
    if (!child) return
    this.#child = null
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  /** Kills it, and lets the next start begin with an empty store. */
  async forget(): Promise<void> {
    await this.close()
    this.dir = mkdtempSync(join(tmpdir(), 'pollux-faults-'))
  }

  async close(): Promise<void> {
    await this.kill()
    rmSync(this.dir, { recursive: true, force: true })
  }

  plan(subject: string, hosts: readonly string[], fails: boolean): Promise<PlannedChange> {
    return this.#ask({ verb: 'plan', subject, hosts, fails }) as Promise<PlannedChange>
  }

  approve(changeId: number, hold: Hold | null, undoDisabled: boolean): Promise<unknown> {
    return this.#ask({ verb: 'approve', changeId, hold, undoDisabled })
  }

  goOn(): Promise<unknown> {
    return this.#ask({ verb: 'go-on' })
  }

  resume(): Promise<unknown> {
    return this.#ask({ verb: 'resume' })
  }

  stop(changeId: number): Promise<unknown> {
    return this.#ask({ verb: 'stop', changeId })
  }

  settled(changeId: number): Promise<Screen> {
    return this.#ask({ verb: 'settled', changeId }) as Promise<Screen>
  }

  look(changeId: number): Promise<Screen> {
    return this.#ask({ verb: 'look', changeId }) as Promise<Screen>
  }

  /** Resolves when the dashboard tells of it the next time. */
  event(name: 'ready' | 'held'): Promise<void> {
    return new Promise((resolve) => this.#events.set(name, resolve))
  }

  #ask(request: Record<string, unknown>): Promise<unknown> {
    const id = ++this.#last
    return new Promise((resolve, reject) => {
      if (!this.#child) return reject(new Error('the dashboard does not run'))
      this.#waiting.set(id, { resolve, reject })
      this.#child.stdin?.write(`${JSON.stringify({ id, ...request })}\n`)
    })
  }

  #take(line: string): void {
    // What is no JSON was printed by somebody else; the log has it.
    if (!line.startsWith('{')) return
    const told = JSON.parse(line) as { id?: number; event?: string; value?: unknown; error?: string }
    if (told.event) this.#events.get(told.event)?.()
    if (told.id === undefined) return
    const waiting = this.#waiting.get(told.id)
    this.#waiting.delete(told.id)
    if (told.error === undefined) waiting?.resolve(told.value)
    else waiting?.reject(new Error(told.error))
  }
}
