import { type PlanHost, refuse } from '@/lib/agent'
import type { MysqlFacts, MysqlServer } from '../facts/facts'
import type { MysqlUnit } from '../facts/host-facts'
import type { Said } from '../facts/said-facts'
import type { ReadOrder } from '../option-files/read-order'
import { type Support, supportOf } from '../variables'
import { parseServerVersion, type ServerVersion } from '../version'
import { orderOf } from './option-sources'
import type { Service } from './restart-script'
import { type ClientProgram, type ServerClient, serverClient } from './root-client'

/** A server that answers, with all that a plan needs to know of it. */
export interface ResolvedServer {
  hostId: string
  hostName: string
  facts: MysqlFacts
  server: MysqlServer
  said: Said
  version: ServerVersion
  support: Support
  /** The client by which it was asked: as root of its socket, or by Pollux's own account. */
  client: ServerClient
  /** The server's own program, which checks option files. */
  binary: 'mariadbd' | 'mysqld'
  /** Null where nothing is known that starts it again. */
  service: Service | null
  unit: MysqlUnit | null
  order: ReadOrder
  /** Where it writes its errors: a path, or null where systemd's journal keeps them. */
  errorLog: string | null
}

/**
 * The server that a wish names by its key.
 * @throws AppError `invalid` where it is not there or cannot be asked, with the reason
 */
export function resolveServer({ hostId, name, facts }: PlanHost<MysqlFacts>, key: string): ResolvedServer {
  const server = facts.servers.find((one) => one.key === key)
  if (!server) throw refuse(`${name} runs no server with its data in ${key}. Start it, or choose another.`)
  if (server.process?.isContained)
    throw refuse(`The server in ${key} runs in a container on ${name}: its settings are the container's.`)
  if (server.said.state === 'not-read')
    throw refuse(
      `The server in ${key} on ${name} runs and could not be asked: ${server.said.detail}. Until it answers nothing is changed.`,
    )
  const said = server.said.value
  const version = parseServerVersion(said.version)
  if (!version) throw refuse(`The server on ${name} calls its version "${said.version}", which cannot be read.`)
  const binary = binaryOf(facts, version)
  if (!binary || !server.socket)
    throw refuse(`${name} has no ${binary ? 'socket' : 'program'} of that server in its PATH that could be asked.`)
  const unit = facts.units.find(({ id }) => id === server.unit) ?? null
  return {
    ...{ hostId, hostName: name, facts, server, said, version },
    support: supportOf(version),
    client: serverClient(clientOf(facts), server.socket, said.accountFile ?? null),
    binary,
    service: serviceOf(facts, server),
    unit,
    order: orderOf(facts, version),
    errorLog: said.variables['log_error'] || null,
  }
}

function clientOf({ programs }: MysqlFacts): ClientProgram {
  return programs.includes('mariadb') ? 'mariadb' : 'mysql'
}

function binaryOf({ binaries }: MysqlFacts, version: ServerVersion): 'mariadbd' | 'mysqld' | null {
  const same = (name: string) =>
    parseServerVersion(binaries[name] ?? '')?.numbers.join('.') === version.numbers.join('.')
  return (['mariadbd', 'mysqld'] as const).find(same) ?? null
}

function serviceOf(facts: MysqlFacts, { unit, said }: MysqlServer): Service | null {
  if (unit !== null) return { by: 'systemd', unit }
  const [script] = facts.initScripts
  const pidFile = said.state === 'read' ? said.value.variables['pid_file'] : undefined
  // One script starts one server: with several it is not known which.
  if (facts.init === 'systemd' || !script || !pidFile || facts.servers.length > 1) return null
  return { by: 'init', script, pidFile }
}
