import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PlanHost } from '@/lib/agent'
import { isEmptyPlan } from '@/lib/agent'
import { ipsecAgent } from '..'
import type { MeshWish } from '../desired'
import type { DaemonFacts, IpsecFacts } from '../facts/facts'
import { memberView } from '../member-view'
import { preparedWith, refusalOf } from '../testing/prepared'
import { fileOf, hostWith } from '../tunnel/testing'
import { ADD_SECRET, DROP_SECRET } from './starter-programs'

const starter: DaemonFacts = {
  ...{ kind: 'starter', version: '5.9.8', unit: 'strongswan-starter.service' },
  ...{ isActive: true, isEnabled: true },
}
const conf = '# ipsec.conf\nconfig setup\n\ninclude /var/lib/strongswan/ipsec.conf.inc\n'
const bare = hostWith('old', {
  ...{ address: '192.0.2.1', daemon: starter, daemons: [starter], connections: [] },
  files: { '/etc/ipsec.conf': fileOf(conf) },
})
const prepared: PlanHost<IpsecFacts> = {
  ...bare,
  facts: {
    ...bare.facts,
    publicKey: preparedWith('old').publicKey,
    files: { '/etc/ipsec.conf': fileOf(`${conf}include /etc/ipsec.d/pollux-*.conf\n`) },
  },
}
const others = [2, 3].map((at) =>
  hostWith(`host${at}`, { address: `192.0.2.${at}`, ...preparedWith(String(at)), folders: [] }),
)
const wish = (profile: MeshWish['profile'], hosts: readonly PlanHost<IpsecFacts>[]): MeshWish => ({
  ...{ kind: 'mesh', tag: 'cloud', name: 'Cloud', prefix: '10.20.0.0/16', profile },
  members: hosts.map(({ hostId, name, facts }, at) => ({
    ...{ hostId, label: name, inner: `10.20.0.${at + 1}` },
    outer: facts.devices[0]?.addresses[0]?.host ?? '',
  })),
  ...{ leaving: [], innerNames: false, foreign: [] },
})

describe('a host whose strongSwan is told by ipsec.conf', () => {
  it('is prepared beside what it has: its file includes the meshes’, and its secrets name the key', () => {
    const steps = ipsecAgent.plan([bare], { kind: 'prepare' }).phases.flatMap(({ hosts }) => hosts[0]?.steps ?? [])
    expect(steps.map(({ id }) => id)).toEqual(
      ['kernel', 'install', 'key', 'known', 'include', 'secret', 'read'].map((what) => `prepare0.${what}`),
    )
    expect(steps.find(({ kind }) => kind === 'install')).toMatchObject({ packages: ['strongswan-pki', 'tcpdump'] })
    expect(steps.find(({ kind }) => kind === 'file')).toMatchObject({
      path: '/etc/ipsec.conf',
      after: { bytes: `${conf}include /etc/ipsec.d/pollux-*.conf\n` },
    })
    expect(isEmptyPlan(ipsecAgent.plan([prepared], { kind: 'prepare' }))).toBe(true)
  })

  it('is refused where it would not come back at boot', () => {
    const daemon = { ...starter, isEnabled: false }
    const host = { ...bare, facts: { ...bare.facts, daemon, daemons: [daemon] } }
    expect(refusalOf(() => ipsecAgent.plan([host], { kind: 'prepare' }))).toContain('does not start at boot')
    expect(memberView({ ...host, address: '192.0.2.1' }, host.facts, 0).state).toBe('unable')
  })

  it('is a member by its own files, and is weaker with nobody but itself', () => {
    const hosts = [prepared, ...others]
    expect(refusalOf(() => ipsecAgent.plan(hosts, wish('modern', hosts)))).toContain('Choose the compatible profile')
    const made = ipsecAgent.plan(hosts, wish('compatible', hosts))
    const [own, second] = made.phases.find(({ id }) => id === 'files')?.hosts ?? []
    const written = (steps: typeof own) =>
      new Map(steps?.steps.flatMap((step) => (step.kind === 'file' ? [[step.path, step.after?.bytes ?? '']] : [])))
    expect([...written(own).keys()]).toEqual(
      expect.arrayContaining(['/etc/ipsec.d/certs/pollux-cloud-host2.pem', '/etc/ipsec.d/pollux-cloud-host2.conf']),
    )
    expect(written(own).get('/etc/ipsec.d/pollux-cloud-host2.conf')).toContain('esp=aes256-sha256-modp2048!')
    expect(written(second).get('/etc/swanctl/conf.d/pollux-cloud-host3.conf')).toContain('aes256gcm16-ecp256')
    expect(written(second).get('/etc/swanctl/conf.d/pollux-cloud-old.conf')).toContain('aes256-sha256-modp2048')
    expect(made.findings.map(({ title }) => title)).toContain('2 pairs use the compatible suite')
    const then = hosts.map((host) => ({ ...host, facts: ipsecAgent.predict(host, made) }))
    expect(isEmptyPlan(ipsecAgent.plan(then, wish('compatible', then)))).toBe(true)
    const gone = ipsecAgent.plan(then, { ...wish('compatible', []), leaving: then.map(({ hostId }) => hostId) })
    const bareAgain = then.map((host) => ({ ...host, facts: ipsecAgent.predict(host, gone) }))
    expect(Object.keys(bareAgain[0]?.facts.files ?? {})).toEqual(['/etc/ipsec.conf'])
  })

  it('gives back its two files', () => {
    const steps = ipsecAgent.plan([prepared], { kind: 'clean' }).phases.flatMap(({ hosts }) => hosts[0]?.steps ?? [])
    expect(steps.map(({ id }) => id)).toEqual(['clean0.include', 'clean0.secret', 'clean0.key'])
    expect(steps[0]).toMatchObject({ after: { bytes: conf } })
  })
})

describe('the line in ipsec.secrets', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'secrets-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const line = ': RSA /etc/ipsec.d/private/pollux.pem'
  const tell = (program: string, file: string) => execFileSync('sh', ['-c', program, 'pollux', file, line])

  it('comes once and goes to the byte, whatever stands there', () => {
    const file = join(folder, 'ipsec.secrets')
    const texts = fc.stringMatching(/^[ -~\n]{0,60}$/).filter((text) => !text.includes(line))
    fc.assert(
      fc.property(texts, (text) => {
        writeFileSync(file, text, { mode: 0o600 })
        tell(ADD_SECRET, file)
        tell(ADD_SECRET, file)
        const found = readFileSync(file, 'utf8')
        expect(found.split('\n').filter((each) => each === line)).toHaveLength(1)
        expect(found.startsWith(text)).toBe(true)
        tell(DROP_SECRET, file)
        expect(readFileSync(file, 'utf8')).toBe(text)
        tell(DROP_SECRET, file)
        expect(readFileSync(file, 'utf8')).toBe(text)
        expect(statSync(file).mode & 0o777).toBe(0o600)
      }),
      { numRuns: 25 },
    )
  })

  it('goes from among others that came behind it', () => {
    const file = join(folder, 'ipsec.secrets')
    writeFileSync(file, `# own\n${line}\n: PSK "x"\n`)
    tell(DROP_SECRET, file)
    expect(readFileSync(file, 'utf8')).toBe('# own\n: PSK "x"\n')
  })
})
