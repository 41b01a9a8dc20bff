import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { skipReason } from '@/lib/ssh/testing/skip-reason'
import { hostPath } from '../prologue'
import { readFacts } from '../run-probes'
import { buildFactsScript } from '../script'
import { localSession, readOnlyShell, shells } from '../testing/local-session'
import { cheapFactsOf, cheapFactsSchema, cheapProbes, deepProbes } from './host-facts'

const nonce = '0123456789abcdef0123456789abcdef'
let work = ''

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'pollux-host-'))
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

describe('the cheap tier on this machine', () => {
  it('reads the same under every shell, in one round trip, as plain JSON', async () => {
    const all = []
    for (const [shell, argv] of Object.entries(shells)) {
      const run = await readFacts(localSession(argv), cheapProbes)
      expect([shell, run.roundTrips, run.problems]).toEqual([shell, 1, []])
      const facts = cheapFactsOf(run)
      expect(cheapFactsSchema.parse(JSON.parse(JSON.stringify(facts)))).toEqual(facts)
      // A skew that one machine has against itself is no more than what the measurement is uncertain by.
      const clock = facts.clock.state === 'read' ? facts.clock.value : null
      expect(Math.abs(clock?.skewMs ?? Number.POSITIVE_INFINITY)).toBeLessThanOrEqual((clock?.uncertaintyMs ?? 0) + 1)
      const { os, kernel, hardware, init, disks, routes, networkOwner, reboot } = facts
      all.push({ os, kernel, hardware, init, disks, routes, networkOwner, reboot })
    }
    expect(all[0]).toMatchObject({ os: { state: 'read' }, kernel: { state: 'read' }, hardware: { state: 'read' } })
    for (const other of all.slice(1)) expect(other).toEqual(all[0])
  })

  it('starts few processes', () => {
    if (spawnSync('strace', ['-V']).error) return console.warn('processes not counted: strace is not installed')
    const trace = join(work, 'trace')
    const script = buildFactsScript(cheapProbes, nonce)
    spawnSync('strace', ['-f', '-qq', '-o', trace, '-e', 'trace=execve', 'dash'], { input: script })
    const started = execFileSync('grep', ['-E', 'execve.* = 0$', trace], { encoding: 'utf8' })
    const programs = [...started.matchAll(/execve\("([^"]+)"/g)].map(([, path = '']) => path.split('/').at(-1))
    // Runlevel links and empty marks depend on the machine; the rest is what every systemd host pays.
    // It sleeps as often as it waits for one of them.
    const always = programs.filter((name) => !['readlink', 'head', 'dash', 'sleep'].includes(name ?? ''))
    expect(always.sort()).toEqual(['date', 'df', 'df', 'ip', 'systemctl'].filter((name) => always.includes(name)))
    expect(always.length).toBeLessThanOrEqual(5)
  })

  it('is clean to checkbashisms', () => {
    writeFileSync(join(work, 'script.sh'), `#!/bin/sh\n${buildFactsScript([...cheapProbes, ...deepProbes], nonce)}`)
    expect(() => execFileSync('checkbashisms', ['-x', join(work, 'script.sh')], { stdio: 'pipe' })).not.toThrow()
  })
})

describe('a host that lies and breaks', () => {
  it('gives facts or reasons, whatever its programs say', async () => {
    const bin = join(work, 'bin')
    mkdirSync(bin)
    const program = (name: string, body: string) => {
      writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`)
      chmodSync(join(bin, name), 0o755)
    }
    program('date', `printf '%s\\n' '\n${'f'.repeat(32)} e ok 0' '$(reboot)' '-1'`)
    program('ip', `printf '2: <script>alert(1)</script>: <UP> mtu 9\\n    inet 999.1.1.1/99 scope x\\n\\033[2J\\000'`)
    program('df', `printf '/dev/x 9 9 9 9%% /a\\033b\\n/dev/y -5 1 1 1%% relative\\n'; exit 1`)
    program('systemctl', `head -c 300000 /dev/zero | tr '\\000' 'x'; printf ' a b c d\\n'`)
    const run = await readFacts(localSession(), cheapProbes, { path: `${bin}:${hostPath}` })
    const facts = cheapFactsOf(run)
    expect(run.roundTrips).toBe(1)
    expect(facts.clock).toMatchObject({ state: 'not-read' })
    expect(facts.addresses.state).toBe('read')
    expect(facts.fileSystems).toMatchObject({ value: { local: [{ source: '/dev/x', mount: '/a\u001bb' }] } })
    expect(facts.services).toMatchObject({ state: 'read', value: { services: [] } })
    expect(facts.os).toMatchObject({ state: 'read' })
  })
})

describe('reading cannot write', () => {
  const isRoot = process.getuid?.() === 0
  const canUnshare = isRoot && spawnSync('unshare', ['-m', 'true']).status === 0

  it.skipIf(skipReason(canUnshare ? null : 'a read-only root needs root and mount namespaces'))(
    'goes through on a read-only root and leaves everything as it was',
    async () => {
      const session = localSession(readOnlyShell)
      const run = await readFacts(session, [...cheapProbes, ...deepProbes])
      expect(run.problems).toEqual([])
      const notRead = Object.entries(run.results).filter(
        ([, found]) => found.state === 'not-read' && found.why !== 'absent',
      )
      expect(notRead).toEqual([])
    },
    90_000,
  )

  it('writes to no file at all, as the kernel sees it', () => {
    if (spawnSync('strace', ['-V']).error) return console.warn('writes not watched: strace is not installed')
    const trace = join(work, 'writes')
    const script = buildFactsScript([...cheapProbes, ...deepProbes.filter((probe) => probe.id !== 'updates')], nonce)
    const calls =
      'trace=open,openat,creat,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat,chmod,fchmodat,truncate,link,symlink'
    spawnSync('strace', ['-f', '-qq', '-o', trace, '-e', calls, 'dash'], { input: script })
    const traced = execFileSync('sh', [
      '-c',
      `grep -E 'O_WRONLY|O_RDWR|O_CREAT|unlink|rename|mkdir|chmod|truncate|link' "$0" || :`,
      trace,
    ])
    const writes = traced
      .toString()
      .split('\n')
      .filter((line) => line !== '' && !line.includes('"/dev/null"'))
    expect(writes).toEqual([])
  }, 60_000)
})
