import type { MysqlServer, ServerProcess } from './facts'
import type { MysqlUnit } from './host-facts'
import { wordValue } from './parse-processes'
import { sameRun } from './parse-sockets'
import type { Said } from './said-facts'
import type { Told } from './told'

/** What came of asking one socket on which something listens. */
export interface Asked {
  socket: string
  said: Told<Said>
}

export interface Seen {
  processes: readonly ServerProcess[]
  asked: readonly Asked[]
  /** Process ids by the path of the pid file that holds them. */
  pidFiles: ReadonlyMap<string, number>
  units: readonly MysqlUnit[]
}

type Way = NonNullable<MysqlServer['matchedBy']>

/**
 * Puts each process and the answer that is its own together. From the surest sign to the weakest, and no answer goes to
 * two processes: two servers of one host are never mixed up. What finds no partner stands alone.
 */
export function matchServers(seen: Seen): MysqlServer[] {
  const asked = withoutTwins(seen.asked)
  const pairs = new Map<number, { answer: Asked; way: Way }>()
  const isFree = (answer: Asked) => ![...pairs.values()].some((pair) => pair.answer === answer)
  const own = seen.processes.filter(({ isContained }) => !isContained)
  for (const [way, fits] of signs(seen)) {
    for (const answer of asked.filter(isFree)) {
      const fitting = own.filter((process) => !pairs.has(process.pid) && fits(process, answer))
      const [one] = fitting
      // Two that fit equally well would make a guess of it.
      if (one && fitting.length === 1) pairs.set(one.pid, { answer, way })
    }
  }
  const [lastProcess, ...otherProcesses] = own.filter(({ pid }) => !pairs.has(pid))
  const [lastAnswer, ...otherAnswers] = asked.filter(isFree)
  if (
    lastProcess &&
    lastAnswer &&
    otherProcesses.length + otherAnswers.length === 0 &&
    !speaksOfAnother(lastProcess, lastAnswer)
  )
    pairs.set(lastProcess.pid, { answer: lastAnswer, way: 'alone' })
  const running = seen.processes.map((process) => serverOf(process, pairs.get(process.pid) ?? null, seen.units))
  const unseen = asked.filter(isFree).map((answer) => serverOf(null, { answer, way: 'alone' }, seen.units))
  return withOwnKeys([...running, ...unseen])
}

/** Two that name one folder, as in a chroot each, go by their process or socket instead. */
function withOwnKeys(servers: readonly MysqlServer[]): MysqlServer[] {
  const isShared = (key: string) => servers.filter((server) => server.key === key).length > 1
  return servers.map((server) => {
    const { key, process, socket } = server
    return isShared(key) ? { ...server, key: process ? `pid ${process.pid}` : `socket ${socket}` } : server
  })
}

function signs({ pidFiles }: Seen): [Way, (process: ServerProcess, answer: Asked) => boolean][] {
  const pidOf = ({ socket, said }: Asked) => {
    // One that refuses does not say its pid file; by custom that lies beside the socket with its name.
    if (said.state === 'not-read') return pidFiles.get(sameRun(socket).replace(/\.sock$/, '.pid'))
    const { pid_file: path = '', datadir = '' } = said.value.variables
    const whole = path.startsWith('/') ? path : `${datadir.replace(/\/$/, '')}/${path}`
    return pidFiles.get(sameRun(whole))
  }
  return [
    ['pid-file', ({ pid }, answer) => pid === pidOf(answer)],
    ['folder', ({ folder }, { said }) => said.state === 'read' && folder !== null && folder === dataDirOf(said.value)],
    [
      'socket',
      ({ words }, answer) => {
        const path = wordValue(words, 'socket')
        return path !== null && socketsOf(answer).includes(sameRun(path))
      },
    ],
    [
      'port',
      ({ listens }, { said }) =>
        said.state === 'read' && (listens ?? []).some(({ port }) => port === portOf(said.value)),
    ],
  ]
}

/** Whether the one that is left says of itself what the answer contradicts. */
function speaksOfAnother({ words, folder }: ServerProcess, answer: Asked): boolean {
  const socket = wordValue(words, 'socket')
  if (socket !== null && !socketsOf(answer).includes(sameRun(socket))) return true
  const dataDir = wordValue(words, 'datadir')
  if (answer.said.state === 'not-read') return false
  const said = dataDirOf(answer.said.value)
  return dataDir !== null && dataDir.replace(/\/$/, '') !== said && folder !== said
}

function socketsOf({ socket, said }: Asked): string[] {
  return [socket, ...(said.state === 'read' ? [said.value.variables.socket ?? ''] : [])].map(sameRun)
}

function dataDirOf({ variables }: Said): string | null {
  return variables.datadir?.replace(/(.)\/$/, '$1') || null
}

function portOf({ variables }: Said): number | null {
  const port = Number(variables.port)
  return variables.skip_networking === 'ON' || !(port > 0) ? null : port
}

/** What no two servers have all alike; the ids are MySQL's (5.6) and MariaDB's (10.10). */
const IDENTITY = ['server_uuid', 'server_uid', 'datadir', 'pid_file', 'port', 'socket', 'hostname', 'version']

/** One server may be asked by two paths to its socket; what it says of itself tells that it is one. */
function withoutTwins(asked: readonly Asked[]): Asked[] {
  const seen = new Set<string>()
  return asked.filter(({ socket, said }) => {
    const name =
      said.state === 'read'
        ? IDENTITY.map((variable) => said.value.variables[variable] ?? '').join('\n')
        : sameRun(socket)
    if (seen.has(name)) return false
    seen.add(name)
    return true
  })
}

function serverOf(
  process: ServerProcess | null,
  pair: { answer: Asked; way: Way } | null,
  units: readonly MysqlUnit[],
): MysqlServer {
  const value = pair?.answer.said.state === 'read' ? pair.answer.said.value : null
  // The path by which it was reached: its own may be another within a chroot, or relative.
  const socket = pair?.answer.socket ?? wordValue(process?.words ?? [], 'socket')
  const dataDir = (value && dataDirOf(value)) ?? wordValue(process?.words ?? [], 'datadir') ?? process?.folder ?? null
  const pids = [process?.pid, process?.wrapper?.pid]
  return {
    key: process?.isContained
      ? `pid ${process.pid}`
      : (dataDir ?? (process ? `pid ${process.pid}` : `socket ${socket}`)),
    process,
    matchedBy: process && pair ? pair.way : null,
    socket,
    dataDir,
    unit: units.find(({ mainPid }) => mainPid !== null && pids.includes(mainPid))?.id ?? null,
    said: pair?.answer.said ?? notAsked(process, socket),
  }
}

function notAsked(process: ServerProcess | null, socket: string | null): Told<Said> {
  const detail = process?.isContained
    ? 'It runs in a container of this host, and is asked there.'
    : socket === null
      ? 'None of the sockets that were asked is its own.'
      : `Its socket ${socket} is none of those that were asked.`
  return { state: 'not-read', why: 'not-asked', detail }
}
