import { schedulerFacts } from '@/agents/scheduler'
import { deviceRows } from '@/agents/scheduler/view'
import type { Subject } from '../subjects'

const disk = 'ubdb'

/** The scheduler of one disk, now and at every boot, on real kernels. */
export const schedulerSubject: Subject = {
  id: 'scheduler',
  agentId: 'scheduler',
  hosts: [['sienna'], ['umber']],
  makes: [],
  reset: `rm -f /etc/udev/rules.d/60-pollux-ioscheduler.rules; udevadm control --reload; printf 'mq-deadline\\n' > /sys/block/${disk}/queue/scheduler`,
  leave: 'true',
  desired: (hosts) => ({
    persistence: 'boot',
    hosts: Object.fromEntries(hosts.map((host) => [host.id, { [keyOf(host.facts)]: 'kyber' }])),
  }),
}

function keyOf(facts: unknown): string {
  const row = deviceRows(schedulerFacts.parse(facts)).find((each) => each.name === disk)
  if (row) return row.key
  throw new Error(`expected the disk ${disk}`)
}
