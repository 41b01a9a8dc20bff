import { join } from 'node:path'
import { createClient } from '@libsql/client'

const hour = 3_600_000

/**
 * Moves the last change of a running Pollux 26 hours back, and gives its server the hourly samples of these hours and of
 * the 30 before: twice as many reads from the disk before as since. Nobody waits a day for a page.
 */
export async function makeItTheDayAfter(dataDir: string): Promise<void> {
  const client = createClient({ url: `file:${join(dataDir, 'pollux.db')}`, timeout: 10_000 })
  const back = 26 * hour
  try {
    const last = 'SELECT MAX(id) FROM "change"'
    const times = ['askedAt', 'approvedAt', 'startedAt', 'committedAt', 'endedAt']
    const earlier = times.map((name) => `"${name}" = "${name}" - ${back}`).join(', ')
    await client.execute(`UPDATE "change" SET ${earlier} WHERE id = (${last})`)
    const change = await client.execute(`SELECT "endedAt" FROM "change" WHERE id = (${last})`)
    const ended = Number(change.rows[0]?.['endedAt'])
    const kept = await client.execute('SELECT "hostId", "agentId", subject, data FROM tuning_sample ORDER BY at DESC')
    const [newest] = kept.rows
    if (!newest) throw new Error('Expected a sample of the server, got none.')
    const sample = JSON.parse(String(newest['data']))
    await client.execute('DELETE FROM tuning_sample')
    for (let hours = -30; hours <= 26; hours += 1) {
      if (hours === 0) continue
      const [upH, perHour] = hours < 0 ? [hours + 100, 2400] : [hours, 1200]
      const counters = {
        ...sample.counters,
        Questions: String(upH * 50_000),
        Connections: String(upH * 90),
        Innodb_buffer_pool_reads: String(upH * perHour),
      }
      const data = JSON.stringify({ ...sample, uptimeS: upH * 3600, counters })
      const { hostId, agentId, subject } = newest
      await client.execute({
        sql: 'INSERT INTO tuning_sample ("hostId", "agentId", subject, at, data) VALUES (?, ?, ?, ?, ?)',
        args: [String(hostId), String(agentId), String(subject), ended + hours * hour, data],
      })
    }
  } finally {
    client.close()
  }
}
