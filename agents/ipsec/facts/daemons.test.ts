import { expect, it } from 'vitest'
import { type DaemonEvidence, daemonsOf, mainDaemon } from './daemons'
import { parseUnits } from './parse-units'

function asked(evidence: Partial<DaemonEvidence>): DaemonEvidence {
  return {
    programs: new Set(),
    packages: new Map(),
    paths: [],
    units: [],
    commands: new Set(),
    initScripts: new Set(),
    swanctlVersion: null,
    ...evidence,
  }
}

const unit = (id: string, active: string, file: string, program: string) =>
  `ExecStart={ path=${program} ; argv[]=${program} ; pid=1 }\nId=${id}\nLoadState=loaded\nActiveState=${active}\nUnitFileState=${file}\n`
const gone = (id: string) => `Id=${id}\nLoadState=not-found\nActiveState=inactive\nUnitFileState=\n`
const swanctl = new Set(['swanctl', 'charon-systemd', 'ipsec'])

it('tells the daemon of swanctl by its unit, whatever name it was asked by', () => {
  const text = [
    unit('strongswan.service', 'active', 'disabled', '/usr/sbin/charon-systemd'),
    unit('strongswan.service', 'active', 'disabled', '/usr/sbin/charon-systemd'),
    gone('ipsec.service'),
  ].join('\n')
  const packages = new Map([['strongswan-swanctl', '5.9.8-5+deb12u1']])
  expect(daemonsOf(asked({ programs: swanctl, packages, units: parseUnits(text) }))).toEqual([
    { kind: 'swanctl', version: '5.9.8', unit: 'strongswan.service', isActive: true, isEnabled: false },
  ])
})

it('does not take the unit of the starter (before 5.8) for that of swanctl', () => {
  const text = [
    unit('strongswan.service', 'active', 'enabled', '/usr/sbin/ipsec'),
    unit('strongswan-swanctl.service', 'inactive', 'disabled', '/usr/sbin/charon-systemd'),
  ].join('\n')
  const packages = new Map([['strongswan-starter', '5.7.2-1']])
  const found = daemonsOf(
    asked({ programs: swanctl, packages, units: parseUnits(text), swanctlVersion: 'strongSwan swanctl 5.7.2\n' }),
  )
  expect(found).toEqual([
    { kind: 'swanctl', version: '5.7.2', unit: 'strongswan-swanctl.service', isActive: false, isEnabled: false },
    { kind: 'starter', version: '5.7.2', unit: 'strongswan.service', isActive: true, isEnabled: true },
  ])
  expect(mainDaemon(found)?.kind).toBe('starter')
})

it('tells daemons without systemd by their processes and runlevels', () => {
  const starter = asked({
    packages: new Map([['strongswan-starter', '5.9.8-5']]),
    commands: new Set(['charon', 'starter']),
    initScripts: new Set(['ipsec']),
  })
  expect(daemonsOf(starter)).toEqual([
    { kind: 'starter', version: '5.9.8', unit: null, isActive: true, isEnabled: true },
  ])
  expect(daemonsOf(asked({ programs: new Set(['racoon']), packages: new Map([['racoon', '1:0.8.2-1']]) }))).toEqual([
    { kind: 'racoon', version: '0.8.2', unit: null, isActive: false, isEnabled: false },
  ])
  expect(daemonsOf(asked({ paths: ['/usr/libexec/ipsec/pluto'] }))).toMatchObject([
    { kind: 'libreswan', version: null },
  ])
})

it('tells a generated unit by the runlevels', () => {
  const units = parseUnits(unit('ipsec.service', 'active', 'generated', '/etc/init.d/ipsec'))
  const evidence = { packages: new Map([['libreswan', '4.10-2']]), units }
  expect(daemonsOf(asked(evidence))[0]?.isEnabled).toBe(false)
  expect(daemonsOf(asked({ ...evidence, initScripts: new Set(['ipsec']) }))[0]?.isEnabled).toBe(true)
})

it('chooses what runs, else what would at boot, else the first', () => {
  const daemon = (kind: 'swanctl' | 'starter' | 'racoon', isActive: boolean, isEnabled: boolean) => ({
    ...{ kind, version: null, unit: null, isActive, isEnabled },
  })
  expect(mainDaemon([daemon('swanctl', false, true), daemon('starter', true, false)])?.kind).toBe('starter')
  expect(mainDaemon([daemon('swanctl', false, false), daemon('starter', false, true)])?.kind).toBe('starter')
  expect(mainDaemon([daemon('swanctl', false, false), daemon('racoon', false, false)])?.kind).toBe('swanctl')
  expect(mainDaemon([])).toBeNull()
})
