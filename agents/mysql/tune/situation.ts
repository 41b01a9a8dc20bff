import { z } from 'zod'
import { serverSettings } from '../option-files/set-by'
import type { ProposalInput } from '../propose'
import type { ResolvedServer } from '../server/resolve-server'
import { findVariable, knownNames } from '../variables'

/** Counters that a rule looks at (propose/evidence.ts). */
const COUNTERS = [
  ...['Max_used_connections', 'Connections', 'Threads_created', 'Created_tmp_tables', 'Created_tmp_disk_tables'],
  ...[
    'Innodb_buffer_pool_reads',
    'Innodb_buffer_pool_read_requests',
    'Innodb_buffer_pool_wait_free',
    'Innodb_log_waits',
  ],
  ...[
    'Innodb_os_log_written',
    'Key_reads',
    'Key_read_requests',
    'Sort_merge_passes',
    'Opened_tables',
    'Aborted_connects',
  ],
  ...['Select_full_join', 'Open_tables', 'Threads_connected'],
] as const

/** What a proposal rests on besides what a person chooses: read of the host once, and kept by the form while it is filled in. */
export const tuningSituation = z.object({
  version: z.object({
    flavour: z.enum(['mysql', 'mariadb']),
    numbers: z.tuple([z.number(), z.number(), z.number()]),
    text: z.string().max(200),
  }),
  machine: z.object({
    memTotal: z.number(),
    memAvailable: z.number(),
    swapUsed: z.number(),
    otherProcessesRss: z.number(),
    pressure: z.number().nullable(),
    bits: z.union([z.literal(32), z.literal(64)]),
    cores: z.number(),
    rotational: z.boolean().nullable(),
  }),
  today: z.record(z.string().max(100), z.string().max(2000)),
  status: z.record(z.string().max(100), z.string().max(100)).nullable(),
  uptimeSeconds: z.number().nullable(),
  engines: z
    .array(z.object({ engine: z.string().max(100), tables: z.number(), dataBytes: z.number(), indexBytes: z.number() }))
    .max(200)
    .nullable(),
  settings: z
    .array(
      z.object({
        name: z.string().max(200),
        value: z.string().max(2000).nullable(),
        file: z.string().max(1000),
        line: z.number(),
      }),
    )
    .max(1000),
})

export type TuningSituation = z.infer<typeof tuningSituation>

/** The situation of one server. Where the host does not tell its memory, there is none, and nothing can be proposed: null. */
export function situationOf({ facts, said, version, order }: ResolvedServer): TuningSituation | null {
  const { totalBytes, availableBytes, swapTotalBytes, swapFreeBytes, memoryPressure, bits, cores, othersRssBytes } =
    facts.machine
  if (totalBytes === null) return null
  const [major, minor, patch] = version.numbers
  return {
    version: { ...version, numbers: [major, minor, patch] },
    machine: {
      memTotal: totalBytes,
      memAvailable: availableBytes ?? totalBytes,
      swapUsed: (swapTotalBytes ?? 0) - (swapFreeBytes ?? swapTotalBytes ?? 0),
      otherProcessesRss: othersRssBytes ?? 0,
      pressure: memoryPressure?.some300 ?? null,
      bits: bits ?? 64,
      cores: cores ?? 1,
      rotational: null,
    },
    today: Object.fromEntries(Object.entries(said.variables).filter(([name]) => findVariable(name) !== null)),
    status: Object.fromEntries(COUNTERS.flatMap((name) => (said.status[name] ? [[name, said.status[name]]] : []))),
    uptimeSeconds: said.uptimeS,
    engines:
      said.tables.state === 'read'
        ? sumByEngine(
            said.tables.value.filter(({ schema }) => !['mysql', 'sys', 'performance_schema'].includes(schema)),
          )
        : null,
    settings: serverSettings(order, version, { known: new Set(knownNames(version)) })
      .filter(({ file }) => !file.endsWith('-pollux.cnf'))
      .map(({ written, value, file, line }) => ({ name: written, value, file, line })),
  }
}

function sumByEngine(
  groups: readonly { engine: string | null; tables: number; dataBytes: number; indexBytes: number }[],
): NonNullable<ProposalInput['engines']>[number][] {
  const sums = new Map<string, { engine: string; tables: number; dataBytes: number; indexBytes: number }>()
  for (const { engine, tables, dataBytes, indexBytes } of groups) {
    if (engine === null) continue
    const sum = sums.get(engine) ?? { engine, tables: 0, dataBytes: 0, indexBytes: 0 }
    sums.set(engine, {
      engine,
      tables: sum.tables + tables,
      dataBytes: sum.dataBytes + dataBytes,
      indexBytes: sum.indexBytes + indexBytes,
    })
  }
  return [...sums.values()]
}
