import type { MysqlFacts } from '../facts/facts'
import { type ANSWERED, loadSaid } from '../facts/load-fixtures'
import type { BigTable, Said } from '../facts/said-facts'

/** A host with one server of a version that was asked once, and these tables; free bytes where its data lies. For tests. */
export function hostWith(
  version: (typeof ANSWERED)[number],
  tables: readonly (Partial<BigTable> & { schema: string; name: string })[],
  {
    free = 1e9,
    variables = {},
    version: as,
  }: { free?: number; variables?: Record<string, string>; version?: string } = {},
) {
  const told = loadSaid(version)
  const said: Said = {
    ...told,
    version: as ?? told.version,
    variables: { ...told.variables, ...variables },
    biggest: { state: 'read', value: tables.map((table) => ({ ...usual, ...table })) },
  }
  const facts = {
    programs: ['mysql'],
    init: 'systemd',
    release: null,
    servers: [
      {
        ...{ key: '/data', process: null, matchedBy: null, socket: '/run/s.sock', dataDir: '/data', unit: null },
        said: { state: 'read', value: said },
      },
    ],
    ...{ processesNotRead: null, sockets: null, localSockets: null, units: [], initScripts: [] },
    packages: { state: 'read', value: [] },
    binaries: { mysqld: said.version },
    candidate: { state: 'not-read', why: 'absent', detail: '' },
    ...{ optionFileOrder: null, files: {}, hasAllFiles: true, appArmor: null, dataDirs: [], traces: [] },
    fileSystems: {
      state: 'read',
      value: [
        {
          ...{ mount: '/', source: '/dev/sda1', type: 'ext4', isNetwork: false, readOnly: false },
          ...{ totalBytes: 1e10, availableBytes: free },
        },
      ],
    },
    machine: {
      ...{ totalBytes: null, availableBytes: null, swapTotalBytes: null, swapFreeBytes: null, memoryPressure: null },
      ...{ cores: null, architecture: null, bits: null, othersRssBytes: null },
    },
  } satisfies MysqlFacts
  return { hostId: 'h', name: 'larch', facts: facts as MysqlFacts }
}

const usual = {
  ...{ engine: 'MyISAM', rowFormat: 'Dynamic', rows: 10, dataBytes: 20e6, indexBytes: 5e6, freeBytes: 0 },
} as const
