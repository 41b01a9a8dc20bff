import { resumeChanges } from '@/lib/changes/engine'
import { findPaused } from '@/lib/config/paused'
import { runJobNow, startJobs } from '@/lib/jobs'

/** Starts the regular jobs and takes up the changes that were under way. While Pollux is paused it starts nothing. */
export async function beginWork(): Promise<void> {
  if (findPaused() !== null) return
  startJobs()
  // A sample that was left alone for a month would show a month of overdue jobs until the next hour.
  void runJobNow('refresh samples')
  await resumeChanges()
}
