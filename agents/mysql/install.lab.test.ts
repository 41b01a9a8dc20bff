import { beforeEach, describe, expect, it } from 'vitest'
import { hostExec } from '@/e2e/lab/lab'
import { refusalOf } from '@/lib/inventory/testing'
import type { InstallDesired } from '.'
import { mysqlLab } from './testing/mysql-lab'

const packages = `dpkg-query -W -f '\${Package}\\n' | LC_ALL=C sort`
const kept = '/root/before-mysql'

/** The host as it was: what came is purged, and what a purge leaves is removed. Nothing where nothing came. */
const cleanUp = (name: string) =>
  hostExec(
    name,
    [
      'sh',
      '-c',
      `systemctl stop holder.service 2>/dev/null; rm -f /usr/sbin/policy-rc.d; rm -rf /c/mysql* /c/tmp /c/closed
[ -e ${kept} ] || ${packages} >${kept}
systemctl disable --now mariadb.service 2>/dev/null
came=$(${packages} | LC_ALL=C comm -13 ${kept} -)
[ -z "$came" ] || DEBIAN_FRONTEND=noninteractive dpkg --purge $came >/dev/null 2>&1
rm -rf /etc/mysql /var/lib/mysql /var/log/mysql; apt-get clean; systemctl daemon-reload; systemctl reset-failed`,
    ],
    { seconds: 120 },
  )

const lab = mysqlLab(['holly'], cleanUp)
const { there, ask, plan, apply, revert, drift } = lab
const told = lab.text
const shell = async (script: string) => (await lab.shell(script)).stdout.trim()

beforeEach(async () => {
  if (there.length > 0) await cleanUp(lab.host())
})

const wish = (more: Partial<InstallDesired> = {}): InstallDesired => ({
  kind: 'install',
  dataDir: '/c/mysql',
  tmpdir: '/c/tmp',
  network: 'local',
  ...more,
})
const left = () =>
  shell(
    'ls -A /c; systemctl is-active mariadb.service; systemctl is-enabled mariadb.service; ls /etc/mysql/mariadb.conf.d',
  )

describe.skipIf(there.length === 0)('on holly, which has no server', { timeout: 1_200_000 }, () => {
  it('one is installed with its data in /c, proved, planned again as nothing to do, drifts, and is taken back', async () => {
    const made = await apply(await plan(wish()))
    expect(made.outcome, await told(made.id)).toBe('applied')
    expect(made.proofs.map(({ verdict }) => verdict)).toEqual(made.proofs.map(() => 'yes'))
    expect(made.proofs.length).toBeGreaterThanOrEqual(10)
    expect(await shell('ss -ltnH "sport = :3306"')).toMatch(/127\.0\.0\.1:3306/)
    expect(await shell('stat -c "%U %a" /c/mysql /c/tmp')).toBe('mysql 700\nmysql 700')
    expect(await ask('SELECT @@datadir, @@tmpdir, @@bind_address')).toBe('/c/mysql/\t/c/tmp\t127.0.0.1')
    expect(await shell('runuser -u deploy -- mariadb -u root -e "SELECT 1" 2>&1 || echo no')).toMatch(
      /denied[\s\S]*no$/,
    )

    expect(await plan(wish())).toEqual({ nothingToDo: expect.stringContaining('already') })
    const other = await refusalOf(plan(wish({ dataDir: '/c/mysql2' })))
    expect(other.userMessage).toContain('a server already')

    expect(await drift()).toEqual([])
    await shell('systemctl stop mariadb.service')
    expect(await drift()).toMatchObject([{ what: 'server in /c/mysql', seen: 'not running' }])
    await shell('systemctl start mariadb.service')

    const reverted = await revert(made.id)
    expect(reverted.outcome, await told(reverted.id)).toBe('applied')
    const off = await left()
    expect(off).toContain('inactive\ndisabled')
    expect(off).not.toMatch(/mysql$|^tmp|pollux/m)

    // The packages are there and the server is off: it is switched on again, with its data in the package's own place.
    const again = await apply(await plan(wish({ dataDir: null, tmpdir: null })))
    expect(again.outcome, await told(again.id)).toBe('applied')
    expect(await ask('SELECT @@datadir')).toBe('/var/lib/mysql/')
    expect((await revert(again.id)).outcome).toBe('applied')
    expect(await left()).toContain('inactive\ndisabled')
  })

  it('databases that were made meanwhile stay when it is taken back', async () => {
    const made = await apply(await plan(wish({ tmpdir: null })))
    expect(made.outcome, await told(made.id)).toBe('applied')
    await ask('CREATE DATABASE shop; CREATE TABLE shop.orders (id INT); INSERT INTO shop.orders VALUES (7);')
    const reverted = await revert(made.id)
    expect(reverted.outcome, await told(reverted.id)).toBe('applied')
    expect(await told(reverted.id)).toMatch(/\/c\/mysql stays.*shop/)
    expect(await shell('ls /c/mysql/shop')).toContain('orders')
    expect(await left()).toContain('inactive\ndisabled')
  })

  it('a proof that fails has the host as it was but for the packages', async () => {
    const planned = await plan(wish())
    // Somebody's option file, read after Pollux's, has it listen everywhere: what was asked for is not so.
    await shell(
      'mkdir -p /etc/mysql/mariadb.conf.d; printf "[mysqld]\\nbind-address=0.0.0.0\\n" >/etc/mysql/mariadb.conf.d/90-x.cnf',
    )
    const made = await apply(planned)
    expect(made.outcome, await told(made.id)).toBe('reverted')
    const off = await left()
    expect(off).toContain('inactive\ndisabled')
    expect(off).not.toMatch(/mysql$|^tmp|pollux/m)
  })

  it('what stands in the way is said before anything is installed', async () => {
    const sentence = async (more: Partial<InstallDesired>) => (await refusalOf(plan(wish(more)))).userMessage
    expect(await sentence({ dataDir: '/home/mysql' })).toContain('/home')
    expect(await sentence({ dataDir: '/dev/shm/mysql' })).toContain('/dev')
    expect(await sentence({ tmpdir: '/c/mysql/tmp' })).toContain('takes every folder for a database')
    await shell('mkdir -m 700 /c/closed')
    const closed = await apply(await plan(wish({ dataDir: '/c/closed/mysql' })))
    expect([closed.outcome, await told(closed.id)]).toEqual([
      'reverted',
      expect.stringContaining('may not enter /c/closed'),
    ])
    const nowhere = await apply(await plan(wish({ dataDir: '/c/no/mysql' })))
    expect([nowhere.outcome, await told(nowhere.id)]).toEqual(['reverted', expect.stringContaining('is not there')])
    const free = await plan(wish())
    const hold =
      'import socket,time; s = socket.socket(); s.bind(("", 3306)); s.listen(); open("/run/held", "w"); time.sleep(600)'
    await shell(
      `rm -f /run/held; systemd-run -q --unit holder.service python3 -c '${hold}'; until [ -e /run/held ]; do :; done`,
    )
    expect(await sentence({})).toMatch(/python3.* listens on port 3306/)
    const late = await apply(free)
    expect([late.outcome, late.state]).not.toContain('applied')
    expect(late.outcome, await told(late.id)).not.toBe('reverted')
    expect(await shell('dpkg-query -W mariadb-server 2>&1; ls /c')).not.toMatch(/mariadb-server\s+\d|mysql$/)
  })
})
