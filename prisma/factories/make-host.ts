import { randomUUID } from 'node:crypto'
import type { Tx } from '@/lib/db'
import type { Prisma } from '@/prisma/generated/client/client'

export interface HostSeed extends Partial<Prisma.HostUncheckedCreateInput> {
  /** The tags' names. */
  tagged?: readonly string[]
}

/** Makes a host with an address of the lab's range, a server at port 22 with the login root, unless told otherwise. */
export function makeHost(tx: Tx, { tagged = [], ...seed }: HostSeed = {}) {
  return tx.host.create({
    data: {
      name: `host-${randomUUID().slice(0, 8)}`,
      kind: 'server',
      address: '10.77.0.250',
      login: 'root',
      privilege: 'root',
      ...seed,
      tags: { create: tagged.map((tag) => ({ tag })) },
    },
  })
}
