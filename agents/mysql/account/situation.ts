import { type PlanHost, refuse } from '@/lib/agent'
import type { MysqlFacts, MysqlServer } from '../facts/facts'
import type { ClientProgram } from '../server/root-client'
import { parseServerVersion, type ServerVersion } from '../version'
import type { Grant } from './grant'
import { type FileStanding, fileStanding } from './option-file'
import { accountFileFor } from './place'

/** A server that an account is asked for, and how that stands there now. */
export interface AccountSituation {
  hostId: string
  hostName: string
  server: MysqlServer
  socket: string
  version: ServerVersion
  program: ClientProgram
  /** Pollux's option file for this server. */
  path: string
  file: FileStanding
  /** The account's rights, or that there is none; `unknown` where nobody was let in to ask. */
  grants: readonly Grant[] | 'none' | 'unknown'
}

/**
 * The server that a wish names by its key, whether or not it lets root in.
 * @throws AppError `invalid` where no account can be made for it, with the reason
 */
export function accountSituation({ hostId, name, facts }: PlanHost<MysqlFacts>, key: string): AccountSituation {
  const server = facts.servers.find((one) => one.key === key)
  if (!server) throw refuse(`${name} runs no server with its data in ${key}. Start it, or choose another.`)
  if (server.process?.isContained)
    throw refuse(`The server in ${key} runs in a container on ${name}: its accounts are the container's.`)
  const { socket, said } = server
  if (socket === null) throw refuse(`None of the sockets that were asked on ${name} is that of the server in ${key}.`)
  const program = (['mariadb', 'mysql'] as const).find((one) => facts.programs.includes(one))
  if (!program) throw refuse(`${name} has no client, mariadb or mysql, by which the account would be made.`)
  const version = versionOf(facts, server)
  if (!version) throw refuse(`It is not known which version the server in ${key} on ${name} is of.`)
  const path = accountFileFor(socket)
  const told = said.state === 'read' ? said.value.grants : undefined
  return {
    ...{ hostId, hostName: name, server, socket, version, program, path },
    file: fileStanding(facts, path),
    grants: told?.state === 'read' ? (told.value ?? 'none') : 'unknown',
  }
}

/** What the server says; of one that lets nobody in, what its program says. */
function versionOf({ binaries }: MysqlFacts, { said, process }: MysqlServer): ServerVersion | null {
  if (said.state === 'read') return parseServerVersion(said.value.version)
  const known = process ? binaries[process.name] : undefined
  return parseServerVersion(known ?? binaries['mariadbd'] ?? binaries['mysqld'] ?? '')
}
