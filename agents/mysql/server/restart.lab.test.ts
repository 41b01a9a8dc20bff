import { afterEach, describe, expect, it } from 'vitest'
import { hostExec, hostsForTests } from '@/e2e/lab/lab'
import { isLong } from '@/e2e/long-tests'
import { restart } from './restart-script'
import { rootClient } from './root-client'

const name = 'larch'
const isUp = hostsForTests().some((host) => host.name === name)
const client = rootClient('mariadb', '/run/mysqld/mysqld.sock')
const dropIn = '/run/systemd/system/mariadb.service.d/hang.conf'

// It takes the half minute that such a server gets.

const sh = (text: string) => hostExec(name, ['sh', '-c', text], { seconds: 100 })
const run = (startS: number) => {
  const { run } = restart({ by: 'systemd', unit: 'mariadb.service' }, client, { startS, log: null })
  return hostExec(name, [...run], { seconds: 110 })
}
const place = (line: string) =>
  sh(`mkdir -p $(dirname ${dropIn}); printf '[Service]\\n${line}\\n' >${dropIn}; systemctl daemon-reload`)
const answers = async () => (await sh('mariadb -N -B -e "SELECT 1"')).stdout.trim() === '1'

describe.skipIf(!isUp)('a restart on larch', { timeout: 900_000 }, () => {
  afterEach(async () => {
    await sh(`rm -f ${dropIn}; systemctl daemon-reload; pkill -CONT mariadbd; systemctl restart mariadb.service`)
  })

  it('that hangs is given up with words, and the same command brings the server back', async () => {
    await place('ExecStartPre=sleep 3600')
    const hung = await run(3)
    expect([hung.code, hung.stdout]).toEqual([1, expect.stringContaining('did not answer within 3 seconds')])
    await sh(`rm ${dropIn}; systemctl daemon-reload`)
    expect((await run(60)).code).toBe(0)
    expect(await answers()).toBe(true)
  })

  it('of a server that answers is let stop', async () => {
    const before = (await sh('pidof mariadbd')).stdout
    const well = await run(60)
    expect([well.code, well.stdout]).toEqual([0, expect.not.stringContaining('killed')])
    expect((await sh('pidof mariadbd')).stdout).not.toBe(before)
  })

  it.runIf(isLong)('of one that answers nobody and does not stop kills it', async () => {
    // What systemd stops goes on first: so its signal to stop must be one that the server does not know.
    await place('KillSignal=SIGURG')
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
