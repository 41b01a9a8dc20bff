import { describe, expect, it } from 'vitest'
import type { RawReading } from '@/lib/agent'
import { isAppError } from '@/lib/errors'
import { type InstallDesired, installDesired } from '../desired'
import type { MysqlFacts } from '../facts/facts'
import { mysqlProbe } from '../facts/probe'
import { PACKAGE_UNITS } from '../facts/questions-of-host'
import { predictFacts } from '../predict'
import { installChoices } from './choices'
import { planInstall } from './plan-install'
import { standsAlready } from './stands'

const text = (said: string, branch = 0): RawReading => ({
  state: 'read',
  kind: 'text',
  text: said,
  exitCode: 0,
  branch,
  truncated: false,
})
const byPath = (texts: Record<string, string>): RawReading => ({
  state: 'read',
  kind: 'by-path',
  byPath: new Map(Object.entries(texts)),
  truncated: false,
})

const bare = mysqlProbe.parse({
  processes: byPath({ '/proc/1/status': 'Name:\tsystemd\nPPid:\t0\n' }),
  system: byPath({ '/proc/1/comm': 'systemd\n' }),
  sockets: text('LISTEN 0 128 0.0.0.0:22 0.0.0.0:*\n'),
  packages: text(''),
  release: byPath({ '/etc/os-release': 'ID=debian\nVERSION_ID="12"\n' }),
  candidate: text('Inst mariadb-server (1:10.11.19-0+deb12u1 Debian:bookworm [amd64])\n', PACKAGE_UNITS.length),
  mounts: text('/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /c ext4 rw 0 0\ntmpfs /run tmpfs rw 0 0\nnas:/x /n nfs rw 0 0\n'),
  df: text(
    [
      'Filesystem 1024-blocks Used Available Capacity Mounted on',
      '/dev/sda1 2000000 1000000 1000000 50% /',
      '/dev/sdb1 900000000 1000 800000000 1% /c',
      'tmpfs 99900000000 0 99900000000 0% /run',
    ].join('\n'),
  ),
})
const nas: MysqlFacts = {
  ...(bare.state === 'read' ? bare.value : expect.unreachable()),
  programs: ['apt-get', 'systemctl'],
}

const wish: InstallDesired = { kind: 'install', dataDir: '/c/mysql', tmpdir: null, network: 'local' }
const host = (facts: MysqlFacts) => ({ hostId: 'h', name: 'nas', facts })
const planOf = (facts: MysqlFacts, more: Partial<InstallDesired> = {}) =>
  planInstall([host(facts)], { ...wish, ...more })

function refusal(facts: MysqlFacts, more: Partial<InstallDesired> = {}): string {
  try {
    planOf(facts, more)
  } catch (error) {
    if (isAppError(error)) return error.userMessage ?? error.message
    throw error
  }
  return 'planned'
}

describe('where there is none', () => {
  it('the data go to the roomiest local file system while the root is small', () => {
    expect(installChoices(host(nas))).toMatchObject({
      whyNot: null,
      package: { name: 'mariadb-server', version: '1:10.11.19-0+deb12u1', count: 1 },
      places: [{ mount: '/c' }, { mount: '/' }],
      suggestedDataDir: '/c/mysql',
    })
    const fileSystems = nas.fileSystems
    if (fileSystems.state === 'not-read') return expect.unreachable()
    const roomy = fileSystems.value.map((one) => (one.mount === '/' ? { ...one, availableBytes: 3 * 2 ** 30 } : one))
    const large = { ...nas, fileSystems: { ...fileSystems, value: roomy } }
    expect(installChoices(host(large)).suggestedDataDir).toBeNull()
  })

  it('the plan starts nothing before the option file and the data stand', () => {
    const steps = planOf(nas).phases.flatMap(({ hosts }) => hosts.flatMap((one) => one.steps))
    expect(steps.map(({ id }) => id)).toEqual(['look', 'install', 'options', 'apparmor', 'data', 'start', 'tidy'])
    expect(steps.find(({ id }) => id === 'options')).toMatchObject({
      input: expect.stringMatching(/^\[mysqld\]\ndatadir = \/c\/mysql\nbind-address = 127\.0\.0\.1\n$/m),
    })
  })

  it('a second plan on the facts as they will be is empty, and one for another place is refused', () => {
    const after = predictFacts(host(nas), planOf(nas))
    expect(standsAlready(nas, wish)).toBe(false)
    expect(planOf(after)).toMatchObject({ phases: [], nothingToDo: expect.stringContaining('already') })
    expect(refusal(after, { dataDir: '/c/other' })).toContain('has a server already: its data lie in /c/mysql')
  })

  it('all addresses come with a warning', () => {
    expect(planOf(nas).findings.filter(({ level }) => level === 'warn')).toEqual([])
    const { findings, checks } = planOf(nas, { network: 'all' })
    expect(findings).toContainEqual(
      expect.objectContaining({ level: 'warn', title: expect.stringContaining('passwords') }),
    )
    expect(checks.map(({ id }) => id)).toContain('listens-beyond')
  })
})

describe('what cannot be', () => {
  const none = { state: 'not-read', why: 'failed', detail: 'Unable to locate package mariadb-server' } as const

  it('is said: no apt, no package, another server, the port, no systemd', () => {
    expect(refusal({ ...nas, programs: ['systemctl'] })).toContain('has no apt')
    expect(refusal({ ...nas, candidate: none })).toContain('apt-get update')
    const socket = { host: '0.0.0.0', port: 3306, pid: 9, program: 'nc' }
    expect(refusal({ ...nas, sockets: [socket] })).toBe(
      "nc on nas listens on port 3306 (process 9): that is the server's.",
    )
    expect(refusal({ ...nas, init: 'other' })).toContain('systemd')
    expect(refusal({ ...nas, processesNotRead: 'permission denied' })).toContain('could be seen (permission denied)')
    expect(refusal({ ...nas, traces: [{ kind: 'innodb', path: '/var/lib/mysql/ibdata1' }] })).toContain(
      'earlier server',
    )
  })

  it('on a dead release it says what it would take, with a script that names no address', () => {
    const dead = { ...nas, candidate: none, release: { id: 'debian', version: '4.0', codename: null } }
    expect(refusal(dead)).toMatch(/"etch".*archive of Debian's old releases.*mysql-server-5\.0.*nothing was changed/)
    const { script, whyNot } = installChoices(host(dead))
    expect(whyNot).toBe(refusal(dead))
    expect(script).toContain('install mysql-server-5.0')
    expect(script).not.toMatch(/:\/\//)
    expect(
      installChoices(host({ ...dead, release: { id: 'debian', version: '12', codename: null } })).script,
    ).toBeNull()
  })

  it('a place that the server may not use', () => {
    expect(refusal(nas, { dataDir: '/home/mysql' })).toContain('/home')
    expect(refusal(nas, { dataDir: '/run/mysql' })).toContain('/run')
    expect(refusal(nas, { dataDir: '/c' })).toContain('a file system of its own')
    expect(refusal(nas, { dataDir: '/var/lib/mysql' })).toContain('leave the field empty')
    expect(refusal(nas, { tmpdir: '/c/mysql/tmp' })).toContain('for a database')
    expect(refusal(nas, { dataDir: '/n/mysql' })).toBe('planned')
    expect(planOf(nas, { dataDir: '/n/mysql' }).findings).toContainEqual(expect.objectContaining({ level: 'warn' }))
  })

  it.each(['relative', '/c/../etc', '/c//x', '/c/', '/', '/c/a b', '/c/a\nb', '/c/$(id)', '/c/.'])(
    'the form takes no folder like %j',
    (dataDir) => {
      expect(installDesired.safeParse({ ...wish, dataDir }).success).toBe(false)
      expect(installDesired.safeParse({ ...wish, dataDir: '/c/my-sql_1.x' }).success).toBe(true)
    },
  )
})
