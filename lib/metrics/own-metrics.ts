import { existsSync, statSync } from 'node:fs'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { storeFile } from '@/lib/config/data-dir'
import { findPaused } from '@/lib/config/paused'
import { findSingle, single } from '@/lib/config/single'
import { hostQueue } from '@/lib/jobs'
import { sshPool } from '@/lib/ssh'

/** How this process is: what Pollux tells of itself, beside what it knows of hosts and backups. */
export interface OwnMetrics {
  registry: Registry
  /** Seconds from a request to the end of its answer, by route. */
  requests: Histogram<'method' | 'route' | 'code'>
}

/** The process's own metrics, by the names that Prometheus' client libraries use; begun with the server. */
export function ownMetrics(): OwnMetrics {
  return single('own-metrics', () => {
    const registry = new Registry()
    collectDefaultMetrics({ register: registry })
    const requests = new Histogram({
      name: 'pollux_http_request_duration_seconds',
      help: 'Seconds from a request to the end of its answer, streams left out.',
      labelNames: ['method', 'route', 'code'] as const,
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [registry],
    })
    const gauge = (name: string, help: string, value: () => number) =>
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(value())
        },
      })
    gauge('pollux_paused', 'Whether Pollux is paused, because its store was restored.', () => (findPaused() ? 1 : 0))
    gauge('pollux_ssh_connections', 'Open SSH connections.', () => sshPool().stats().connections)
    gauge('pollux_ssh_handshaking', 'SSH connections that are being made.', () => sshPool().stats().handshaking)
    gauge('pollux_ssh_running', 'Commands that run on hosts now.', () => sshPool().stats().running)
    gauge('pollux_ssh_waiting', 'Commands that wait for a channel of their host.', () => sshPool().stats().waiting)
    gauge('pollux_queue_running', 'Work on hosts that runs now.', () => hostQueue().stats().running)
    gauge(
      'pollux_queue_waiting',
      'Work on hosts that waits for its host or its turn.',
      () => hostQueue().stats().waiting,
    )
    gauge(
      'pollux_queue_oldest_seconds',
      'How long the oldest work on hosts that waits has waited.',
      () => hostQueue().stats().oldestWaitS,
    )
    gauge('pollux_store_bytes', 'Bytes of the store and its log on the disk.', storeBytes)
    addStoreCounts(registry)
    return { registry, requests }
  })
}

/** What the store counts of its units of work, where it counts. */
interface StoreCounts {
  attempts: number
  retries: Readonly<Record<string, number>>
}

function addStoreCounts(registry: Registry): void {
  const counts = () => findSingle<StoreCounts>('store-counts')
  new Counter({
    name: 'pollux_store_attempts_total',
    help: 'Times that a unit of work on the store was begun.',
    registers: [registry],
    collect() {
      this.reset()
      this.inc(counts()?.attempts ?? 0)
    },
  })
  new Counter({
    name: 'pollux_store_retries_total',
    help: 'Times that one was begun again, by what had ended it.',
    labelNames: ['fault'] as const,
    registers: [registry],
    collect() {
      this.reset()
      for (const [fault, count] of Object.entries(counts()?.retries ?? {})) this.inc({ fault }, count)
    },
  })
}

function storeBytes(): number {
  const files = [storeFile(), `${storeFile()}-wal`]
  return files.reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0)
}
