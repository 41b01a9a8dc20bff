import { describe, expect, it } from 'vitest'
import type { AddressStep, FileStep, Plan, Step } from '@/lib/agent'
import { postfixAgent } from '.'
import { factsOf, loadFixture } from './load-fixtures'

const facts = factsOf(loadFixture('debian-12'))
const host = { hostId: 'host-1', name: 'host-1', facts }

function predicted(steps: readonly Step[], hostId = 'host-1', from = host) {
  const plan: Plan = {
    agent: { id: 'other', version: 1 },
    title: '',
    summary: '',
    phases: [{ id: 'p', title: 'P', hosts: [{ hostId, steps }] }],
    checks: [],
    basis: [],
    findings: [],
    guard: null,
    nothingToDo: null,
  }
  return postfixAgent.predict(from, plan)
}

const put = (address: string, more: Partial<AddressStep> = {}): AddressStep => ({
  kind: 'address',
  id: 'address',
  title: '',
  timeoutS: 9,
  device: 'eth1',
  address,
  present: true,
  before: false,
  exclusive: false,
  announce: false,
  undo: { address: true },
  ...more,
})
const write = (path: string, bytes: string | null): FileStep => ({
  kind: 'file',
  id: path,
  title: '',
  timeoutS: 9,
  path,
  before: null,
  after: bytes === null ? null : { bytes, mode: '0644', owner: 'root', group: 'root' },
  undo: { copy: true },
})

describe('what another agent’s plan makes of the facts', () => {
  it('are addresses that come and go, wherever they were', () => {
    const came = predicted([put('203.0.113.77/32', { label: 'eth1:0' }), put('2001:db8::77/128')])
    expect(came.addresses.slice(facts.addresses.length)).toEqual([
      {
        family: 4,
        host: '203.0.113.77',
        prefix: 32,
        peer: null,
        scope: 'global',
        label: 'eth1:0',
        flags: [],
        device: 'eth1',
      },
      {
        family: 6,
        host: '2001:db8::77',
        prefix: 128,
        peer: null,
        scope: 'global',
        label: null,
        flags: [],
        device: 'eth1',
      },
    ])
    const moved = predicted([put('203.0.113.40/32')]).addresses.filter((one) => one.host === '203.0.113.40')
    expect(moved.map(({ device }) => device)).toEqual(['eth1'])
    const gone = predicted([put('203.0.113.40/32', { present: false })])
    expect(gone.addresses.map((one) => one.host)).not.toContain('203.0.113.40')
  })

  it('are those of this host alone', () => {
    expect(predicted([put('203.0.113.77/32')], 'host-2').addresses).toEqual(facts.addresses)
  })

  it('are none of the files that this agent does not read', () => {
    expect(predicted([write('/etc/network/interfaces', 'x')]).files).toEqual(facts.files)
    expect(Object.keys(predicted([write('/etc/postfix/main.cf', null)]).files)).toEqual(['/etc/postfix/master.cf'])
  })
})

describe('what listens then', () => {
  it('is what master.cf says, beside what others hold', () => {
    const sockets = predicted([write('/etc/postfix/master.cf', '127.0.0.1:2525 inet n - y - - smtpd\n')]).sockets
    expect(sockets?.map(({ host: at, port, program }) => [at, port, program])).toEqual([
      [null, 22, 'sshd'],
      [null, 22, 'sshd'],
      ['127.0.0.1', 2525, 'master'],
    ])
  })

  it('is nothing of a Postfix that does not run, and unknown where nobody tells', () => {
    const stopped = { ...facts, instances: facts.instances.map((one) => ({ ...one, isRunning: false })) }
    const own = predicted([], 'host-1', { ...host, facts: stopped }).sockets?.filter(
      ({ program }) => program === 'master',
    )
    expect(own).toEqual([])
    expect(predicted([], 'host-1', { ...host, facts: { ...facts, sockets: null } }).sockets).toBeNull()
  })
})

it('knows of a Postfix that comes, not yet which', () => {
  const none = factsOf(loadFixture('none'))
  const install: Step = {
    kind: 'install',
    id: 'install',
    title: '',
    timeoutS: 9,
    manager: 'apt',
    packages: ['postfix'],
    units: ['postfix.service'],
    undo: { disable: true },
  }
  const came = predicted([install], 'host-1', { ...host, facts: none })
  expect([came.version, came.instances.map(({ name, isRunning }) => [name, isRunning])]).toEqual(['0', [['-', true]]])
  expect(predicted([{ ...install, packages: ['arping'] }], 'host-1', { ...host, facts: none }).instances).toEqual([])
})
