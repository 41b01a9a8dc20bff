import { afterEach, describe, expect, it } from 'vitest'
import { hostExec, hostsForTests } from '@/e2e/lab/lab'
import { restart } from './restart-script'
import { rootClient } from './root-client'

const name = 'larch'
const isUp = hostsForTests().some((host) => host.name === name)
const client = rootClient('mariadb', '/run/mysqld/mysqld.sock')
const dropIn = '/run/systemd/system/mariadb.service.d/hang.conf'

const sh = (text: string) => hostExec(name, ['sh', '-c', text], { seconds: 100 })
const run = (startS: number) => {
  const { run } = restart({ by: 'systemd', unit: 'mariadb.service' }, client, { startS, log: null })
  return hostExec(name, [...run], { seconds: 110 })
}
const answers = async () => (await sh('mariadb -N -B -e "SELECT 1"')).stdout.trim() === '1'

describe.runIf(isUp)('a restart on larch', { timeout: 240_000 }, () => {
  afterEach(async () => {
    await sh(`rm -f ${dropIn}; systemctl daemon-reload; pkill -CONT mariadbd; systemctl restart mariadb.service`)
  })

  it('that hangs is given up with words, and the same command brings the server back', async () => {
    await sh(
      `mkdir -p ${dropIn.replace('/hang.conf', '')}; printf '[Service]\\nExecStartPre=sleep 3600\\n' >${dropIn}; systemctl daemon-reload`,
    )
    const hung = await run(3)
    expect([hung.code, hung.stdout]).toEqual([1, expect.stringContaining('did not answer within 3 seconds')])
    await sh(`rm ${dropIn}; systemctl daemon-reload`)
    expect((await run(60)).code).toBe(0)
    expect(await answers()).toBe(true)
  })

  it('of a server that answers nobody kills it, and one that answers is let stop', async () => {
    const before = (await sh('pidof mariadbd')).stdout
    const well = await run(60)
    expect([well.code, well.stdout]).toEqual([0, expect.not.stringContaining('killed')])
    expect((await sh('pidof mariadbd')).stdout).not.toBe(before)
    await sh('pkill -STOP mariadbd')
    const hung = await run(60)
    expect([hung.code, hung.stdout]).toEqual([0, expect.stringContaining('it is killed')])
    expect(await answers()).toBe(true)
  })

  it('whose server does not start says what its log says', async () => {
    await sh('chmod 000 /var/lib/mysql/ibdata1')
    const failed = await run(60)
    await sh('chmod 660 /var/lib/mysql/ibdata1')
    expect([failed.code, failed.stdout]).toEqual([1, expect.stringMatching(/did not start|did not answer/)])
    expect(failed.stdout).toMatch(/\[ERROR\]/)
    expect((await run(60)).code).toBe(0)
  })
})
