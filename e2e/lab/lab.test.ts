import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
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
  startCapture,
  waitForSsh,
  waitUntil,
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
    expect(names.filter((name) => !/^(lo|lab0|lab1|v\d?-[a-z0-9]+|t-[a-z0-9]+)$/.test(name))).toEqual([])
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

/** Asks the name server of the lab: the answer as JSON, or the code of what went wrong. */
async function ask(question: string): Promise<string> {
  const script = `const names = new (require('node:dns').promises.Resolver)({ timeout: 2000, tries: 1 })
    names.setServers(['10.77.0.33'])
    names.${question}.then((answer) => console.log(JSON.stringify(answer)), (error) => console.log(error.code))`
  return (await run(insideArgv([process.execPath, '-e', script]))).stdout.trim()
}

withHost('elm', () => {
  it.each([
    ["resolve4('mail.example.org')", '["203.0.113.40"]'],
    ["resolve6('mail.example.org')", '["2001:db8::40"]'],
    ["resolvePtr('40.113.0.203.in-addr.arpa')", '["mail.example.org"]'],
    ["reverse('2001:db8::40')", '["mail.example.org"]'],
    ["reverse('2001:db8:77::31')", '["maple.example.org"]'],
    ["resolvePtr('31.0.77.10.in-addr.arpa')", '["maple.example.org"]'],
    ["resolvePtr('42.113.0.203.in-addr.arpa')", 'ENOTFOUND'],
    ["resolvePtr('43.113.0.203.in-addr.arpa')", '["wrong.example.org"]'],
    ["resolve4('wrong.example.org')", '["192.0.2.99"]'],
    ["resolveMx('example.net')", '[{"exchange":"elm.example.net","priority":10}]'],
    ["resolveTxt('example.org')", '[["v=spf1 mx ip4:203.0.113.41 -all"]]'],
    ["resolveTxt('nospf.example.org')", 'ENODATA'],
    ["resolveTxt('twospf.example.org').then((all) => all.length)", '2'],
    ["resolve4('servfail.example')", 'ESERVFAIL'],
    ["resolvePtr('99.113.0.203.in-addr.arpa')", 'ESERVFAIL'],
    ["resolve4('nobody.invalid')", 'EREFUSED'],
  ])('answers %s with %s', async (question, answer) => {
    expect(await ask(question)).toBe(answer)
  })
})

withHost('maple', (host) => {
  const shell = (script: string) => hostExec(host.name, ['sh', '-ec', script])
  afterAll(() =>
    shell(`postconf -X smtp_bind_address smtp_bind_address6; postfix reload
      ip addr del 203.0.113.40/32 dev eth0; ip addr del 2001:db8::40/128 dev eth0`),
  )

  it('is as the package leaves it', async () => {
    const script = 'systemctl is-active postfix@-.service; postfix check; postconf -h myhostname; ls /var/log/mail.log'
    const stdout = 'active\nmaple.example.org\n/var/log/mail.log\n'
    expect(await shell(script)).toMatchObject({ code: 0, stdout, stderr: '' })
  })

  it.each([
    ['203.0.113.40', '/32', 'smtp_bind_address', 'example.net'],
    ['2001:db8::40', '/128 nodad', 'smtp_bind_address6', 'v6.example.net'],
  ])('sends from the failover IP %s, and elm sees it', async (address, length, setting, domain) => {
    const sender = `lab-${randomUUID()}@maple.example.org`
    const send = `echo hello | sendmail -f ${sender} deploy@${domain}`
    const script = `ip addr add ${address}${length} dev eth0; postconf -e ${setting}=${address}; postfix reload; ${send}`
    expect(await shell(script)).toMatchObject({ code: 0 })
    const search = ['grep', '-F', `arrived; from=<${sender}>`, '/var/log/mail.log']
    await waitUntil('elm has the mail', async () => (await hostExec('elm', search)).code === 0, 20)
    const line = (await hostExec('elm', search)).stdout
    expect(line).toContain(` RCPT from mail.example.org[${address}]: arrived; `)
    expect(line).toContain(' helo=<maple.example.org>')
  })
})

for (const [name, greeting, version] of [
  ['maple', '220 maple.example.org ESMTP Postfix (Debian/GNU)', '3.7.'],
  ['oak', '220 oak.example.org ESMTP Postfix (Debian)', '3.10.'],
  ['pine', '220 pine.example.org ESMTP Postfix (Debian/GNU)', '3.5.'],
  ['yew', '220 yew.example.org ESMTP Exim 4.96 ', undefined],
] as const) {
  withHost(name, (host) => {
    it(`greets on port 25 as ${greeting}`, async () => {
      const hear = `exec 3<>/dev/tcp/${host.address}/25; IFS= read -r -t 20 line <&3; printf %s "$line"`
      expect((await run(insideArgv(['bash', '-c', hear]))).stdout).toContain(greeting)
    })

    if (!version) return
    it(`has Postfix ${version}`, async () => {
      expect((await hostExec(name, ['postconf', '-h', 'mail_version'])).stdout.startsWith(version)).toBe(true)
    })
  })
}

withHost('fir', (host) => {
  it('can have Postfix from the repository of the lab', async () => {
    const ran = await hostExec(host.name, ['sh', '-ec', 'apt-get -qq update; apt-get -s install postfix'])
    expect(ran.stdout).toMatch(/^Inst postfix \(3\.7\..* Debian:bookworm /m)
  })
})

for (const [name, version, schema, query] of [
  ['willow', '9.6.7', '16', ['mariadb', '-NB', 'bacula', '-e']],
  ['poplar', '9.6.7', '16', ['runuser', '-u', 'postgres', '--', 'psql', '-AtX', '-F', '\t', 'bacula', '-c']],
  ['aspen', '15.0.3', '1026', ['sqlite3', '-readonly', '-tabs', '/var/lib/bacula/bacula.db']],
] as const) {
  withHost(name, () => {
    const ask = async (sql: string): Promise<string> => (await hostExec(name, [...query, sql])).stdout.trim()
    const tell = (commands: string[], file = 'bconsole') => {
      const argv = ['timeout', '60', 'bconsole', '-n', '-c', `/etc/bacula/${file}.conf`]
      return hostExec(name, argv, { input: [...commands, 'quit', ''].join('\n') })
    }
    /** Files and bytes of the job that runs. */
    const progress = async (): Promise<[number, number]> => {
      const said = (await tell(['.api 2', `.status client=${name}-fd running`])).stdout
      const figure = (key: string): number => Number(new RegExp(`^${key}=(\\d+)$`, 'm').exec(said)?.[1] ?? 0)
      return [figure('JobFiles'), figure('JobBytes')]
    }

    it(`has Bacula ${version} with a catalog of schema ${schema}, and a past`, async () => {
      expect((await tell(['version'])).stdout).toContain(`${name}-dir Version: ${version} (`)
      expect(await ask('SELECT VersionId FROM Version')).toBe(schema)
      const wrong = "SELECT Name, JobStatus FROM Job WHERE JobStatus <> 'T' AND JobId < 27 ORDER BY JobId"
      expect(await ask(wrong)).toBe('BackupSlow\tA\nBackupNas\tf')
      expect(await ask("SELECT VolumeName FROM Media WHERE VolStatus = 'Error'")).toBe('Diff-0007')
      const first = await ask("SELECT StartTime, JobErrors, PurgedFiles FROM Job WHERE Name = 'BackupC' AND JobId = 1")
      expect(first).toMatch(/ 02:05:\d\d\t1\t1$/)
      expect(Date.now() - Date.parse(first.slice(0, 10))).toBeGreaterThan(74 * 86_400_000)
    })

    it('runs a job for as long as a test wants', async () => {
      expect((await tell(['run job=BackupSlow yes'])).stdout).toMatch(/^Job queued\. JobId=\d+$/m)
      await waitUntil('the job writes', async () => (await progress())[1] > 0, 30)
      const [files, bytes] = await progress()
      const grown = async (): Promise<boolean> => {
        const now = await progress()
        return now[0] > files && now[1] > bytes
      }
      await waitUntil('it has more files and bytes', grown, 30)
      await hostExec(name, ['touch', '/run/lab-slow-end'])
      await tell(['wait'])
      expect(await ask("SELECT JobStatus FROM Job WHERE Name = 'BackupSlow' ORDER BY JobId DESC LIMIT 1")).toBe('T')
    })

    it('has a console that may look and run, and no more', async () => {
      const said = (await tell(['.jobs', 'run job=BackupB yes', 'prune volume=A-Full-0003 yes'], 'bconsole-restricted'))
        .stdout
      expect(said).toContain('\nBackupA\nBackupSlow\n')
      expect(said).toContain('No authorization for Job "BackupB"')
      expect(said).toContain('prune: is an invalid command.')
    })
  })
}

const mariadb = async (name: string, sql: string, options: string[] = []): Promise<string> =>
  (await hostExec(name, ['mariadb', '-NB', ...options, '-e', sql])).stdout.trim()

for (const [name, version] of [
  ['larch', '10.11.'],
  ['juniper', '10.5.'],
  ['spruce', '11.8.'],
] as const) {
  withHost(name, (host) => {
    it(`has MariaDB ${version}, with settings of the package alone`, async () => {
      expect(await mariadb(name, 'SELECT VERSION()')).toMatch(new RegExp(`^${version.replaceAll('.', '\\.')}`))
      const script = 'systemctl is-active mariadb.service; dpkg -V mariadb-common mariadb-server | grep /etc/'
      expect((await hostExec(name, ['sh', '-c', script])).stdout).toBe('active\n')
    })

    it('lets the application in, to its own databases', async () => {
      const { name: user = '', password = '' } = host.mysqlAccount ?? {}
      const shown = await mariadb(name, 'SHOW DATABASES', [`-u${user}`, `-p${password}`])
      expect(shown.split('\n').sort()).toEqual(['information_schema', 'old', 'shop'])
    })
  })
}

withHost('holly', (host) => {
  it('can have a server from the repository of the lab', async () => {
    const ran = await hostExec(host.name, ['apt-get', '-s', 'install', '--reinstall', 'mariadb-server'])
    expect(ran.stdout).toMatch(/^Inst mariadb-server .*\b1:10\.11\..* Debian:bookworm /m)
  })

  it('has more room in /c than on its root', async () => {
    const sizes = (await hostExec(host.name, ['stat', '-f', '-c', '%b %S', '/', '/c'])).stdout.trim().split('\n')
    const [root = 0, c = 0] = sizes.map((line) => line.split(' ').reduce((product, word) => product * Number(word), 1))
    expect(c).toBeGreaterThan(2 * root)
  })
})

withHost('cobalt', (host) => {
  it('has 256 MiB of memory, and tells the most that its server ever took', async () => {
    const script = 'grep MemTotal /proc/meminfo; grep VmHWM "/proc/$(pidof mariadbd)/status"'
    const shown = (await hostExec(host.name, ['sh', '-c', script])).stdout
    const [total = 0, peak = 0] = [...shown.matchAll(/(\d+) kB/g)].map(([, kib]) => Number(kib))
    expect(total).toBeGreaterThan(200 * 1024)
    expect(total).toBeLessThanOrEqual(256 * 1024)
    expect(peak).toBeGreaterThan(20 * 1024)
    expect(peak).toBeLessThan(total)
  })

  it('has a table whose index is cut, and one that is marked as crashed and stays so', async () => {
    // A copy: the server mends the table itself, once it was checked.
    const copy = 'cd /var/lib/mysql/old && for end in frm MYD MYI; do cp -p damaged.$end copied.$end; done'
    expect(await hostExec(host.name, ['sh', '-ec', copy])).toMatchObject({ code: 0 })
    const checked = await mariadb(host.name, 'CHECK TABLE copied, crashed; DROP TABLE copied', ['old'])
    expect(checked).toMatch(/^old\.copied\tcheck\terror\tSize of indexfile is: +2048 +Should be: \d+$/m)
    expect(checked).toMatch(/^old\.crashed\tcheck\twarning\tTable is marked as crashed/m)
    expect(checked).toMatch(/^old\.crashed\tcheck\terror\tCorrupt$/m)
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

for (const [name, network, other] of [
  ['quince', 'systemd-networkd.service', 'networking.service'],
  ['medlar', 'networking.service', 'systemd-networkd.service'],
] as const) {
  withHost(name, (host) => {
    it('has strongSwan, not set up: present, neither enabled nor running', async () => {
      const script =
        'dpkg-query -W charon-systemd; systemctl is-enabled strongswan.service; systemctl is-active strongswan.service'
      const shown = (await hostExec(host.name, ['sh', '-c', script])).stdout
      expect(shown).toMatch(/^charon-systemd\t5\.9\.\S+\ndisabled\ninactive\n$/)
    })

    it(`has its network by ${network}`, async () => {
      expect((await hostExec(host.name, ['systemctl', 'is-active', network, other])).stdout).toBe('active\ninactive\n')
    })
  })
}

withHost('damson', (host) => {
  it('can have strongSwan from the repository of the lab', async () => {
    const packages = ['strongswan-swanctl', 'charon-systemd', 'libstrongswan-standard-plugins', 'strongswan-pki']
    const ran = await hostExec(host.name, ['apt-get', '-s', 'install', '--reinstall', ...packages])
    for (const name of packages)
      expect(ran.stdout).toMatch(new RegExp(`^Inst ${name} .*\\b5\\.9\\..* Debian:bookworm `, 'm'))
  })
})

describe.skipIf(!find('quince') || !find('medlar'))('the capture, between quince and medlar', () => {
  const [quince, medlar] = ['10.77.0.81', '10.77.0.82']
  const shell = (name: string, script: string) => hostExec(name, ['sh', '-ec', script])
  /** What a tunnel needs; the ESP of it is keyed by hand. */
  const tunnel = (own: string, peer: string, inner: number, innerPeer: number) => `
    modprobe -a ipip esp4 xfrm_user xt_policy
    ip tunnel add lab-t mode ipip local ${own} remote ${peer} ttl 64
    ip addr add 172.31.255.${inner}/32 peer 172.31.255.${innerPeer}/32 dev lab-t
    ip link set lab-t up`
  const key = `0x${'5a'.repeat(36)}`
  const esp = (own: string) =>
    [
      [quince, medlar, 9001],
      [medlar, quince, 9002],
    ]
      .map(([from, to, spi]) => {
        const state = `ip xfrm state add src ${from} dst ${to} proto esp spi ${spi} reqid 9 mode transport`
        const policy = `ip xfrm policy add src ${from} dst ${to} proto 4 dir ${from === own ? 'out' : 'in'}`
        return `${state} aead 'rfc4106(gcm(aes))' ${key} 128\n${policy} tmpl proto esp reqid 9 mode transport`
      })
      .join('\n')

  afterAll(async () => {
    for (const name of ['quince', 'medlar'])
      await shell(name, 'ip tunnel del lab-t; ip xfrm policy flush; ip xfrm state flush')
  })

  it('sees ipip in clear, and only ESP once there is a policy', async () => {
    await shell('quince', tunnel(quince, medlar, 1, 2))
    await shell('medlar', tunnel(medlar, quince, 2, 1))
    const ping = ['ping', '-c', '2', '-i', '0.2', '-s', '100', '172.31.255.2']
    const clear = await startCapture(quince, medlar)
    expect(await hostExec('quince', ping)).toMatchObject({ code: 0 })
    const request = { protocol: 'ipip', from: quince, to: medlar, bytes: 148 }
    const answer = { protocol: 'ipip', from: medlar, to: quince, bytes: 148 }
    expect(await clear.stop()).toEqual([request, answer, request, answer])

    await shell('quince', esp(quince))
    await shell('medlar', esp(medlar))
    const encrypted = await startCapture(quince, medlar)
    expect(await hostExec('quince', ping)).toMatchObject({ code: 0 })
    const seen = await encrypted.stop()
    expect(seen).toHaveLength(4)
    for (const packet of seen) expect(packet).toMatchObject({ protocol: 'esp', bytes: 184 })
  })
})
