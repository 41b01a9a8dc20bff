import type { Context } from './context'

/** Sentences from the counters, null before a day of evidence (MySQL Reference Manual, "Server Status Variables"). */

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`
}

function hours({ input }: Context): number {
  return Math.floor((input.uptimeSeconds ?? 0) / 3600)
}

export function connectionsEvidence(context: Context): string | null {
  const used = context.counter('Max_used_connections')
  return used === null ? null : `At most ${used} connections were used at once in ${hours(context)} hours.`
}

export function poolEvidence(context: Context): string | null {
  const [reads, requests] = [
    context.counter('Innodb_buffer_pool_reads'),
    context.counter('Innodb_buffer_pool_read_requests'),
  ]
  const data = context.engine('InnoDB')
  const tables = data === null ? null : `InnoDB holds ${Math.ceil((data.data + data.index) / 2 ** 20)} MB.`
  if (reads === null || requests === null || requests === 0) return tables
  const missed = `${percent(reads, requests)} of the page reads went to the disk in ${hours(context)} hours.`
  return tables === null ? missed : `${tables} ${missed}`
}

export function keyCacheEvidence(context: Context): string | null {
  const [reads, requests] = [context.counter('Key_reads'), context.counter('Key_read_requests')]
  const index = context.engine('MyISAM')?.index ?? null
  const tables = index === null ? null : `Indexes of MyISAM take ${Math.ceil(index / 2 ** 20)} MB.`
  if (reads === null || requests === null || requests === 0) return tables
  const missed = `${percent(reads, requests)} of the key reads went to the disk in ${hours(context)} hours.`
  return tables === null ? missed : `${tables} ${missed}`
}

export function temporaryEvidence(context: Context): string | null {
  const [onDisk, all] = [context.counter('Created_tmp_disk_tables'), context.counter('Created_tmp_tables')]
  if (onDisk === null || all === null || all === 0) return null
  return `${percent(onDisk, all)} of ${all} temporary tables went to the disk in ${hours(context)} hours.`
}

export function sortEvidence(context: Context): string | null {
  const passes = context.counter('Sort_merge_passes')
  return passes === null ? null : `${passes} sorts needed another pass in ${hours(context)} hours.`
}

/** Tables that had to be opened in an hour; null before there is evidence. */
export function openedPerHour(context: Context): number | null {
  const opened = context.counter('Opened_tables')
  return opened === null ? null : opened / Math.max(1, hours(context))
}

export function openTablesEvidence(context: Context): string | null {
  const opened = openedPerHour(context)
  return opened === null ? null : `${opened.toFixed(1)} tables were opened each hour.`
}

/** Threads made for each 100 connections. */
export function threadsEvidence(context: Context): string | null {
  const [made, all] = [context.counter('Threads_created'), context.counter('Connections')]
  if (made === null || all === null || all === 0) return null
  return `A new thread was made for ${percent(made, all)} of ${all} connections.`
}

export function logWaitsEvidence(context: Context): string | null {
  const waits = context.counter('Innodb_log_waits')
  return waits === null ? null : `Transactions waited ${waits} times for room in it in ${hours(context)} hours.`
}
