import { startJobs } from '@/lib/jobs'

/** Begins the regular work of the process: what is registered here runs at its times until the process ends. */
export async function startWorker(): Promise<void> {
  startJobs()
}
