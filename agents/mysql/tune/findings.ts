import type { Finding } from '@/lib/agent'
import type { TuneDesired } from '../desired'
import { fileSystemOf } from '../facts/facts'
import type { ResolvedServer } from '../server/resolve-server'
import type { Wished } from './wished'

interface Turn {
  restarts: boolean
  /** Values that count from the next restart on. */
  waiting: readonly Wished[]
}

/** What a person should know before approving it. */
export function findingsOf(
  server: ResolvedServer,
  wish: TuneDesired,
  wished: readonly Wished[],
  turn: Turn,
): Finding[] {
  return [
    ...supportFindings(server),
    ...clusterFindings(server, turn),
    ...restartFindings(server, turn),
    ...fileFindings(server, wish),
    ...orderFindings(server),
    ...takenOverFindings(server, wished),
  ].map((finding) => ({ ...finding, hostId: server.hostId }))
}

type Words = Pick<Finding, 'level' | 'title' | 'detail'>

function supportFindings({ support, said, hostName }: ResolvedServer): Words[] {
  if (support === 'live-tested') return []
  const detail =
    support === 'published lists only'
      ? 'What this version knows was taken from the published lists of variables, and was not tried on a running server. Its own program checks the file before anything is written.'
      : 'No list that Pollux has is of this version: it takes the nearest one. Its own program checks the file before anything is written.'
  return [{ level: 'warn', title: `${said.version} on ${hostName}: ${support}`, detail }]
}

function clusterFindings({ said, hostName }: ResolvedServer, { restarts }: Turn): Words[] {
  const replicas = said.replicaOf.state === 'read' ? said.replicaOf.value : []
  const found: Words[] = replicas.map(({ host }) => ({
    level: restarts ? 'warn' : 'info',
    title: `${hostName} replicates from ${host}`,
    detail: restarts
      ? 'It stops following while it restarts, and catches up afterwards.'
      : 'It goes on following; nothing of that is changed.',
  }))
  if (said.variables['wsrep_on'] === 'ON')
    found.push({
      level: 'warn',
      title: `${hostName} is a node of a Galera cluster`,
      detail: 'The other nodes keep their values. The slowest of them decides how fast all are.',
    })
  return found
}

function restartFindings({ said, hostName, service }: ResolvedServer, { restarts, waiting }: Turn): Words[] {
  if (restarts) {
    const clients = said.connections.state === 'read' ? said.connections.value : []
    const count = clients.reduce((sum, group) => sum + group.count, 0)
    const users = [...new Set(clients.map(({ user }) => user))].slice(0, 5)
    return [
      {
        level: count > 0 ? 'warn' : 'info',
        title:
          count > 0 ? `The restart ends ${count} connections on ${hostName}` : `The server on ${hostName} restarts`,
        detail:
          count > 0
            ? `Of ${users.join(', ')}. Programs that do not connect anew by themselves have to be restarted.`
            : 'Nobody is connected now.',
      },
    ]
  }
  if (waiting.length === 0) return []
  return [
    {
      level: 'info',
      title: `${waiting.map(({ name }) => name).join(', ')} will count from the next restart on`,
      detail: service
        ? 'Plan it again with a restart when one suits.'
        : 'It is not known here what starts this server: restart it the way you started it.',
    },
  ]
}

function fileFindings({ facts, server, hostName }: ResolvedServer, { values }: TuneDesired): Words[] {
  const found: Words[] = []
  const data = server.dataDir ? fileSystemOf(facts, server.dataDir) : null
  if (data?.isNetwork)
    found.push({
      level: 'warn',
      title: `The data of ${hostName} lies on a network file system (${data.type})`,
      detail: 'What the server believes to be written may be lost with that server. No setting changes that.',
    })
  const tmpdir = values['tmpdir']
  const temporary = tmpdir ? fileSystemOf(facts, tmpdir) : null
  if (temporary?.type === 'tmpfs')
    found.push({
      level: 'warn',
      title: `${tmpdir} lies in memory (${temporary.mount})`,
      detail: 'Temporary files on it take the memory that the budget was to spare.',
    })
  return found
}

function orderFindings({ order }: ResolvedServer): Words[] {
  const notes = order.problems.filter(({ effect }) => effect === 'ignored' || effect === 'stops-file')
  return notes.slice(0, 5).map(({ file, line, text }) => ({
    level: 'warn',
    title: line === null ? `${file} is not read as it looks` : `${file}, line ${line}, is not read as it looks`,
    detail: text,
  }))
}

/** Values that other files set too: those stay, and do not count any more. */
function takenOverFindings({ order, hostName }: ResolvedServer, wished: readonly Wished[]): Words[] {
  const lines = wished.flatMap(({ name, value }) =>
    order.settings.flatMap((setting) =>
      setting.name === name && setting.value !== value && !setting.file.endsWith('-pollux.cnf')
        ? [`${name} in ${setting.file}, line ${setting.line} (${setting.value ?? 'set'})`]
        : [],
    ),
  )
  if (lines.length === 0) return []
  return [
    {
      level: 'info',
      title: `Other option files on ${hostName} set some of these too`,
      detail: `Pollux's file is read after them, so they do not count any more: ${lines.slice(0, 8).join('; ')}.`,
    },
  ]
}
