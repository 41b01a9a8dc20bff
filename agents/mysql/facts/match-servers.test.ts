import { describe, expect, it } from 'vitest'
import type { MysqlServer, ServerProcess } from './facts'
import type { MysqlUnit } from './host-facts'
import { loadSaid } from './load-fixtures'
import { type Asked, matchServers } from './match-servers'
import type { Said } from './said-facts'

const base = loadSaid('mariadb-10.11')

function process(pid: number, more: Partial<ServerProcess> = {}): ServerProcess {
  return {
    pid,
    name: 'mariadbd',
    wrapper: null,
    uid: 112,
    rssBytes: 1,
    peakRssBytes: 1,
    words: ['/usr/sbin/mariadbd'],
    isContained: false,
    folder: null,
    listens: null,
    ...more,
  }
}

function answered(socket: string, variables: Record<string, string>): Asked {
  const value: Said = {
    ...base,
    variables: { ...base.variables, skip_networking: 'OFF', socket, pid_file: '', ...variables },
  }
  return { socket, said: { state: 'read', value } }
}

const denied = (socket: string): Asked => ({ socket, said: { state: 'not-read', why: 'denied', detail: 'ERROR 1045' } })
const unit = (id: string, mainPid: number) => ({ id, mainPid }) as Partial<MysqlUnit> as MysqlUnit

const outline = ({ key, process, matchedBy, socket, unit, said }: MysqlServer) =>
  `${key} ${process?.pid ?? '-'} ${matchedBy} ${socket} ${unit} ${said.state === 'read' ? said.value.variables.port : said.why}`

const match = (seen: Partial<Parameters<typeof matchServers>[0]>) =>
  matchServers({ processes: [], asked: [], pidFiles: new Map(), units: [], ...seen }).map(outline)

describe('servers of a host', () => {
  const one = answered('/run/mysqld/mysqld1.sock', { datadir: '/c/mysql1/', port: '3307' })
  const two = answered('/run/mysqld/mysqld2.sock', { datadir: '/c/mysql2/', port: '3308' })

  it('are told apart by the folders that they work in, whatever the order', () => {
    const processes = [process(11, { folder: '/c/mysql1' }), process(12, { folder: '/c/mysql2' })]
    expect(match({ processes, asked: [two, one], units: [unit('mariadb@2.service', 12)] })).toEqual([
      '/c/mysql1 11 folder /run/mysqld/mysqld1.sock null 3307',
      '/c/mysql2 12 folder /run/mysqld/mysqld2.sock mariadb@2.service 3308',
    ])
  })

  it('are told apart by their pid files, also by one that lies in the data directory', () => {
    const named = answered('/run/a.sock', { datadir: '/c/a/', pid_file: 'nas.pid', port: '1' })
    const other = answered('/run/b.sock', { datadir: '/c/b/', pid_file: '/var/run/mysqld/b.pid', port: '2' })
    const pidFiles = new Map([
      ['/c/a/nas.pid', 22],
      ['/run/mysqld/b.pid', 21],
    ])
    expect(match({ processes: [process(21), process(22)], asked: [named, other], pidFiles })).toEqual([
      '/c/b 21 pid-file /run/b.sock null 2',
      '/c/a 22 pid-file /run/a.sock null 1',
    ])
  })

  it('are told apart by what their command lines and ports say', () => {
    const processes = [
      process(31, { listens: [{ host: '*', port: 3308 }] }),
      process(32, { words: ['mysqld', '--socket=/var/run/mysqld/mysqld1.sock'] }),
    ]
    expect(match({ processes, asked: [one, two] })).toEqual([
      '/c/mysql2 31 port /run/mysqld/mysqld2.sock null 3308',
      '/c/mysql1 32 socket /run/mysqld/mysqld1.sock null 3307',
    ])
  })

  it('keep what a surer sign told', () => {
    const processes = [process(35, { folder: '/c/mysql1', words: ['mysqld', '--socket=/run/mysqld/mysqld2.sock'] })]
    expect(match({ processes, asked: [one, two] })).toEqual([
      '/c/mysql1 35 folder /run/mysqld/mysqld1.sock null 3307',
      '/c/mysql2 - null /run/mysqld/mysqld2.sock null 3308',
    ])
  })

  it('are not guessed at', () => {
    expect(match({ processes: [process(41), process(42)], asked: [one] })).toEqual([
      'pid 41 41 null null null not-asked',
      'pid 42 42 null null null not-asked',
      '/c/mysql1 - null /run/mysqld/mysqld1.sock null 3307',
    ])
  })

  it('are one where one process and one answer are left', () => {
    expect(match({ processes: [process(51)], asked: [one] })).toEqual([
      '/c/mysql1 51 alone /run/mysqld/mysqld1.sock null 3307',
    ])
  })

  it('are not one where the last process says that it is another', () => {
    const processes = [process(61, { words: ['mysqld', '--socket=/run/x.sock'] })]
    const other = [process(61, { words: ['mysqld', '--datadir=/c/x'], folder: '/c/x' })]
    expect(match({ processes, asked: [one] })).toHaveLength(2)
    expect(match({ processes: other, asked: [one] })).toHaveLength(2)
  })

  it('of a container are none of the host’s', () => {
    const processes = [process(71, { isContained: true, folder: '/var/lib/mysql' })]
    expect(match({ processes, asked: [one] })).toEqual([
      'pid 71 71 null null null not-asked',
      '/c/mysql1 - null /run/mysqld/mysqld1.sock null 3307',
    ])
  })

  it('that refuse are matched by the pid file beside their socket', () => {
    const pidFiles = new Map([['/run/mysqld/mysqld1.pid', 82]])
    expect(
      match({ processes: [process(81), process(82)], asked: [denied('/var/run/mysqld/mysqld1.sock')], pidFiles }),
    ).toEqual(['pid 81 81 null null null not-asked', 'pid 82 82 pid-file /var/run/mysqld/mysqld1.sock null denied'])
  })

  it('asked by two paths are one', () => {
    const again = { ...one, socket: '/tmp/mysql.sock' }
    expect(match({ asked: [one, again, denied('/run/a.sock'), denied('/var/run/a.sock')] })).toEqual([
      '/c/mysql1 - null /run/mysqld/mysqld1.sock null 3307',
      'socket /run/a.sock - null /run/a.sock null denied',
    ])
  })

  it('of two chroots with the same paths are two', () => {
    const first = answered('/c/a/run/mysqld.sock', { socket: '/run/mysqld.sock', datadir: '/data/', server_uid: 'a' })
    const second = answered('/c/b/run/mysqld.sock', { socket: '/run/mysqld.sock', datadir: '/data/', server_uid: 'b' })
    expect(match({ asked: [first, second] }).map((line) => line.split(' -')[0])).toEqual([
      'socket /c/a/run/mysqld.sock',
      'socket /c/b/run/mysqld.sock',
    ])
    expect(match({ asked: [first, { ...first, socket: '/run/mysqld.sock' }] })).toHaveLength(1)
  })

  it('started by a wrapper are of the wrapper’s unit', () => {
    const processes = [process(91, { wrapper: { pid: 90, name: 'mysqld_safe' } })]
    expect(match({ processes, units: [unit('mysql.service', 90)] })).toEqual([
      'pid 91 91 null null mysql.service not-asked',
    ])
  })
})
