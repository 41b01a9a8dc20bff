import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, describe, expect, it } from 'vitest'
import { insideArgv } from './inside'
import {
  cutLink,
  fillDisk,
  freeDisk,
  guestBootId,
  hostExec,
  type LabHost,
  labHosts,
  PENDING_UPDATES,
  powerCut,
  powerOn,
  reboot,
  restoreLink,
  waitForSsh,
} from './lab'
import { run } from './run'
import { logIn } from './ssh-client'

const hosts = labHosts()
const find = (name: string): LabHost | undefined => hosts.find((host) => host.name === name)
if (hosts.length === 0) console.log('Skipped: no host of the lab runs (npm run lab -- up).')

/** The tests of one host; skipped, and counted as such, while it does not run. */
const withHost = (name: string, body: (host: LabHost) => void): void => {
  const host = find(name)
  if (host) describe(name, () => body(host))
  // Not a test that is switched off: it counts the host as skipped in the closing line.
  else describe(name, () => it.skip('does not run, so its tests are skipped', () => undefined))
}

describe.skipIf(hosts.length === 0)('the wire', () => {
  it('has no way out: no default route, no link but ours, no forwarding', async () => {
    const routes = await run(insideArgv(['ip', 'route', 'show', 'table', 'all', 'default']))
    expect(routes).toMatchObject({ code: 0, stdout: '' })
    const links = await run(insideArgv(['ip', '-o', 'link']))
    const names = links.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split(': ')[1]?.split('@')[0] ?? '')
    expect(names.filter((name) => !/^(lo|lab0|lab1|v\d?-[a-z0-9]+|t-[a-z]+)$/.test(name))).toEqual([])
    const forward = await run(insideArgv(['cat', '/proc/sys/net/ipv4/ip_forward']))
    expect(forward.stdout.trim()).toBe('0')
  })

  it('reaches the second segment only through the host that stands in both', async () => {
    const direct = await run(insideArgv(['ip', 'route', 'get', '10.77.1.10']))
    expect(direct.code).not.toBe(0)
  })

  it.each(hosts)('$name answers a real login as root, with the key we know', async (host) => {
    const jump = host.jump ? find(host.jump) : undefined
    const ran = await logIn(host, jump, 'printf "%s\\n" "$(id -u)"')
    expect(ran).toMatchObject({ code: 0, stdout: '0\n' })
  })
})

withHost('alder', (host) => {
  afterAll(async () => {
    await restoreLink(host.name)
    await freeDisk(host.name)
  })

  it('sees an ordinary and a security update waiting', async () => {
    const ran = await hostExec(host.name, ['apt-get', '-s', 'dist-upgrade'])
    expect(ran.stdout).toMatch(new RegExp(`^Inst ${PENDING_UPDATES.ordinary} .* Debian:bookworm `, 'm'))
    expect(ran.stdout).toMatch(
      new RegExp(`^Inst ${PENDING_UPDATES.security} .* Debian-Security:bookworm-security `, 'm'),
    )
  })

  it('installs a package from the repository of the lab', async () => {
    const script = 'apt-get -qq update && apt-get -qq install -y bc >/dev/null && echo "6 * 7" | bc'
    expect(await hostExec(host.name, ['sh', '-c', script])).toMatchObject({ code: 0, stdout: '42\n' })
  })

  it('falls silent when its link is cut, not closed, and comes back when it is restored', async () => {
    const [command = '', ...args] = insideArgv(['bash', '-c', `exec 3<>/dev/tcp/${host.address}/22; exec cat <&3`])
    const open = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] })
    await once(open.stdout, 'data')
    await cutLink(host.name)
    const cut = await logIn(host, undefined, 'true')
    expect(cut).toMatchObject({ code: 255, stderr: expect.stringContaining('timed out') })
    expect(open.exitCode).toBeNull()
    expect((await hostExec(host.name, ['hostname'])).stdout).toBe('alder\n')
    await restoreLink(host.name)
    await waitForSsh(host.name)
    expect(open.exitCode).toBeNull()
    open.kill()
    await once(open, 'close')
  })

  it('refuses every write once its disk is full', async () => {
    await fillDisk(host.name)
    const ran = await hostExec(host.name, ['sh', '-c', 'printf x >/etc/one-more'])
    expect(ran).toMatchObject({ stderr: expect.stringMatching(/No space left|I\/O error/) })
    await freeDisk(host.name)
    expect(await hostExec(host.name, ['sh', '-c', 'printf x >/etc/one-more'])).toMatchObject({ code: 0 })
  })

  it('can turn no knob of the machine', async () => {
    const script =
      'for f in /sys/block/*/queue/scheduler /proc/sys/kernel/sysrq; do (: >>"$f") 2>/dev/null && echo "$f"; done'
    expect((await hostExec(host.name, ['sh', '-c', script])).stdout).toBe('')
    const clock = await logIn(host, undefined, 'date -s 2001-01-01')
    expect(clock.stderr).toContain('Operation not permitted')
  })
})

withHost('hostile', (host) => {
  it('tells lies about itself and has harmed nobody', async () => {
    expect((await hostExec(host.name, ['hostname'])).stdout).toContain('<script>')
    expect((await hostExec(host.name, ['cat', '/proc/mounts'])).stdout).toContain('onerror=alert(1)')
    expect((await hostExec(host.name, ['test', '-e', '/tmp/pwned'])).code).toBe(1)
    expect((await run(['test', '-e', '/tmp/pwned'])).code).toBe(1)
  })
})

withHost('umber', (host) => {
  it('comes back by itself from a reboot, with its disks as they were', async () => {
    const before = await guestBootId(host.name)
    await hostExec(host.name, ['sh', '-c', 'printf kept >/var/tmp/kept && sync'])
    await reboot(host.name)
    expect(await guestBootId(host.name)).not.toBe(before)
    expect((await hostExec(host.name, ['cat', '/var/tmp/kept'])).stdout).toBe('kept')
    expect(await logIn(host, undefined, 'id -u')).toMatchObject({ code: 0, stdout: '0\n' })
  })

  it('offers several schedulers on disks of several kinds', async () => {
    const script =
      'for d in sda sdb sdc ubdb; do cat /sys/block/$d/queue/scheduler /sys/block/$d/queue/rotational; done'
    const [spinner, rotates, , solid] = (await hostExec(host.name, ['sh', '-c', script])).stdout.split('\n')
    expect(spinner?.replaceAll(/[[\]]/g, '').split(' ').sort()).toEqual(['bfq', 'kyber', 'mq-deadline', 'none'])
    expect([rotates, solid]).toEqual(['1', '0'])
  })
})

withHost('sienna', (host) => {
  it('is off after a power cut, and boots again with what was synced', async () => {
    await hostExec(host.name, ['sh', '-c', 'printf kept >/var/tmp/kept && sync'])
    await powerCut(host.name)
    expect((await logIn(host, undefined, 'true')).code).toBe(255)
    await powerOn(host.name)
    expect((await hostExec(host.name, ['cat', '/var/tmp/kept'])).stdout).toBe('kept')
    expect((await hostExec(host.name, ['test', '-e', '/run/rc-local-ran'])).code).toBe(0)
  })
})
