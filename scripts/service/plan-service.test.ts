import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { planInstall, planRemoval, type ServiceFacts, type ServiceStep } from './plan-service'
import { type ServiceSettings, unitFile, unitText } from './unit-text'

const settings: ServiceSettings = {
  user: 'pollux',
  node: '/usr/bin/node',
  folder: '/opt/pollux',
  dataDir: '/opt/pollux/data',
  env: { PORT: '3100' },
}
const bare: ServiceFacts = {
  isRoot: true,
  hasSystemd: true,
  unit: null,
  isActive: false,
  isEnabled: false,
  uid: null,
  isOwnUser: false,
  folders: [
    { path: '/opt/pollux/data', isUsers: false },
    { path: '/opt/pollux/.next/cache', isUsers: false },
  ],
  owner: '0:0',
}
const installed: ServiceFacts = {
  ...bare,
  ...{ unit: unitText(settings), isActive: true, isEnabled: true, uid: 991, isOwnUser: true },
  folders: bare.folders.map(({ path }) => ({ path, isUsers: true })),
}

const words = (steps: readonly ServiceStep[]) =>
  steps.map((step) => (step.kind === 'run' ? step.argv.join(' ') : `${step.kind} ${step.file}`))

it('makes the user, gives him what he writes to, and nothing else', () => {
  expect(words(planInstall(settings, bare))).toEqual([
    'useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin --comment Pollux service pollux',
    'install -d -m 0700 /opt/pollux/data',
    'chown -R -h pollux:pollux /opt/pollux/data',
    'install -d -m 0700 /opt/pollux/.next/cache',
    'chown -R -h pollux:pollux /opt/pollux/.next/cache',
    `write ${unitFile}`,
    'systemctl daemon-reload',
    'systemctl enable pollux.service',
    'systemctl start pollux.service',
  ])
})

it('does nothing the second time, and only what is needed for another setting', () => {
  expect(planInstall(settings, installed)).toEqual([])
  const moved = { ...settings, env: { PORT: '3200' } }
  expect(words(planInstall(moved, installed))).toEqual([
    `write ${unitFile}`,
    'systemctl daemon-reload',
    'systemctl restart pollux.service',
  ])
})

it('takes all of it back but the data, and no user that it did not make', () => {
  expect(words(planRemoval(settings, installed))).toEqual([
    'systemctl disable --now pollux.service',
    `remove ${unitFile}`,
    'systemctl daemon-reload',
    'chown -R -h 0:0 /opt/pollux/data',
    'chown -R -h 0:0 /opt/pollux/.next/cache',
    'userdel pollux',
  ])
  expect(words(planRemoval(settings, { ...installed, isOwnUser: false }))).not.toContain('userdel pollux')
  expect(planRemoval(settings, bare)).toEqual([])
})

it.each([
  ['without root', {}, { isRoot: false }, /Only root/],
  ['without systemd', {}, { hasSystemd: false }, /not run by systemd/],
  ['a unit of somebody else', {}, { unit: '[Unit]\n' }, /written by somebody else/],
  ['a folder that the service may not see', { folder: '/root/pollux' }, {}, /below \/home and \/root/],
  ['a Node.js that it may not see', { node: '/home/ada/.nvm/node' }, {}, /Node\.js lies at \/home\/ada/],
] as const)('refuses %s', (_, given, found, sentence) => {
  const refused = () => planInstall({ ...settings, ...given }, { ...bare, ...found })
  expect(refused).toThrow(expect.objectContaining({ userMessage: expect.stringMatching(sentence) }))
})

const hasAnalyze = spawnSync('systemd-analyze', ['--version']).error === undefined

it.skipIf(!hasAnalyze)(
  'writes a unit that systemd takes, names with spaces and signs too, and keeps much from it',
  () => {
    const dir = mkdtempSync(join(tmpdir(), 'pollux-unit-'))
    const file = join(dir, 'pollux.service')
    const odd = {
      ...settings,
      node: process.execPath,
      folder: '/opt/po llux',
      dataDir: '/srv/a "b" 100% $x',
      user: 'games',
    }
    writeFileSync(file, unitText(odd))
    const analyze = (...args: string[]) => spawnSync('systemd-analyze', [...args, file], { encoding: 'utf8' })
    const verified = analyze('verify', '--man=no')
    expect([verified.status, verified.stderr]).toEqual([0, ''])
    const judged = analyze('security', '--offline=true').stdout
    expect(Number(/Overall exposure level for pollux\.service: ([\d.]+)/.exec(judged)?.[1])).toBeLessThan(2)
    rmSync(dir, { recursive: true })
  },
)

it('listens on a port below 1024 with that one capability', () => {
  expect(unitText(settings)).toMatch(/^AmbientCapabilities=$/m)
  expect(unitText({ ...settings, env: { PORT: '443' } })).toMatch(/^AmbientCapabilities=CAP_NET_BIND_SERVICE$/m)
})
