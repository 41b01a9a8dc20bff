import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { mail, mail2 } from './wishes'

/** Has the lab's own end of the wire answer the failover IPs that mail comes from, whoever had them before. */
export async function reachMailAddresses(): Promise<void> {
  for (const { address } of [mail, mail2]) {
    await promisify(execFile)('ip', ['route', 'replace', address, 'dev', 'lab0'])
    await promisify(execFile)('ip', ['neigh', 'flush', 'to', address])
  }
}
