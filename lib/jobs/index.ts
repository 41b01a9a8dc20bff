export { type HostQueueOptions, hostQueue } from './host-queue'
export { type Job, type JobState, jobStates, registerJob, runJobNow, startJobs, stopJobs } from './jobs'
