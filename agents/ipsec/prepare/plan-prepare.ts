import type { Finding, HostCheck, InstallStep, Plan, PlanHost, RunStep, Step } from '@/lib/agent'
import { refuse } from '@/lib/agent'
import { AGENT } from '../agent-id'
import type { PrepareWish } from '../desired'
import type { IpsecFacts } from '../facts/facts'
import { exchangeOf } from '../ike/exchange'
import { whyNoKernel } from '../mesh/kernel'
import { OWN_PUBLIC } from '../paths'
import { commonSteps } from './common-steps'
import { START } from './programs'
import { isStarterReady, starterChecks, starterSteps } from './starter-steps'

/**
 * What Debian and Ubuntu call the daemon that swanctl tells. Without the standard plugins, which are only recommended, it
 * has neither AES-GCM nor ECP. tcpdump is for the proof that nothing leaves in clear.
 */
export const packages = [
  'charon-systemd',
  'libstrongswan-standard-plugins',
  'strongswan-pki',
  'strongswan-swanctl',
  'tcpdump',
] as const
const UNIT = 'strongswan.service'

type Host = PlanHost<IpsecFacts>

/**
 * Brings strongSwan and a key of its own to each host that lacks them; the key is made there and never leaves it. Only
 * behind it can a mesh be planned, with the public keys known. Throws `invalid` where a host cannot be prepared.
 */
export function planPrepare(hosts: readonly Host[], { mesh }: Pick<PrepareWish, 'mesh'>): Plan {
  const parts = hosts.map((host, index) => ({ host, steps: isReady(host.facts) ? [] : stepsOf(host, index) }))
  const working = parts.filter(({ steps }) => steps.length > 0)
  const names = working.map(({ host }) => host.name).join(', ')
  return {
    agent: AGENT,
    title: working.length > 0 ? `Prepare ${names} for a mesh` : 'Prepare hosts for a mesh',
    summary:
      working.length > 0
        ? 'Installs strongSwan where it is missing, makes a key on each host and starts the daemon with nothing configured. Undo stops it and destroys the key; packages stay.'
        : 'Nothing is changed.',
    phases: working.length > 0 ? [phaseOf(working)] : [],
    checks: working.flatMap(({ host }, index) => checksOf(host, index)),
    basis: hosts.map(({ hostId, facts }) => ({
      hostId,
      name: 'strongSwan and key',
      value: [
        facts.daemon?.kind ?? 'none',
        facts.daemon?.isActive ? 'runs' : 'stands',
        facts.publicKey ? 'key' : 'no key',
      ].join(', '),
    })),
    findings: hosts.flatMap(findingsOf),
    guard: null,
    next: { title: 'Plan the mesh', ...(mesh === undefined ? {} : { params: { mesh } }) },
    nothingToDo: working.length > 0 ? null : 'Each of these hosts has strongSwan running and a key of its own.',
  }
}

function phaseOf(parts: readonly { host: Host; steps: Step[] }[]) {
  const hosts = parts.map(({ host, steps }) => ({ hostId: host.hostId, steps }))
  return { id: 'prepare', title: 'Prepare each host', hosts }
}

/** Whether a host has all that a preparation brings. */
export function isReady(facts: IpsecFacts): boolean {
  if (isByStarter(facts)) return isStarterReady(facts)
  const { daemon, publicKey } = facts
  return daemon?.kind === 'swanctl' && daemon.isActive && daemon.isEnabled && publicKey !== null
}

/** Whether strongSwan runs by ipsec.conf here, and stays: another daemon beside it could not. */
export function isByStarter({ daemon }: IpsecFacts): boolean {
  return daemon?.kind === 'starter' && daemon.isActive
}

/** Why a host cannot be prepared, as a sentence that says what would be right; null when it can. */
export function whyNotPrepared(name: string, facts: IpsecFacts): string | null {
  const { daemons, hasSystemd, canInstall } = facts
  const noKernel = whyNoKernel(name, facts)
  if (noKernel !== null) return noKernel
  if (isByStarter(facts))
    return facts.daemon?.isEnabled
      ? null
      : `strongSwan runs on ${name} by ipsec.conf and does not start at boot. Have it start at boot first (systemctl enable ${facts.daemon?.unit ?? 'strongswan-starter'}).`
  const other = daemons.find(({ kind, isActive, isEnabled }) => kind !== 'swanctl' && (isActive || isEnabled))
  if (other)
    return `${name} ${other.isActive ? 'runs' : 'starts at boot'} ${other.unit ?? other.kind}. Two IKE daemons cannot share UDP 500: see to that one first.`
  if (!hasSystemd) return `${name} has no systemd, and Debian's charon for swanctl is a unit of systemd.`
  const isThere = daemons.some(({ kind }) => kind === 'swanctl')
  if (!isThere && canInstall === false)
    return `The package sources of ${name} have no charon-systemd that could be installed without removing another package. See to its package sources, or leave it out.`
  return null
}

function stepsOf({ hostId, name, facts }: Host, index: number): Step[] {
  const whyNot = whyNotPrepared(name, facts)
  if (whyNot !== null) throw refuse(whyNot)
  if (isByStarter(facts)) return starterSteps({ hostId, name, facts }, (what) => `prepare${index}.${what}`)
  const { daemons } = facts
  const swanctl = daemons.find(({ kind }) => kind === 'swanctl')
  const id = (what: string) => `prepare${index}.${what}`
  const { kernel, key } = commonSteps(exchangeOf(swanctl ?? null), id)
  const install: InstallStep = {
    kind: 'install',
    id: id('install'),
    title: 'Install strongSwan from the packages of the host, and start nothing yet',
    timeoutS: 900,
    manager: 'apt',
    packages,
    units: [UNIT],
    undo: { disable: true },
  }
  const start: RunStep = {
    kind: 'run',
    id: id('start'),
    title: 'Start strongSwan, now and at every boot',
    timeoutS: 240,
    run: ['sh', '-c', START, 'pollux', UNIT],
    // A start that was cut short goes on in systemd, and is waited for.
    undo: { run: ['systemctl', 'disable', '--now', UNIT], timeoutS: 240 },
    undoAfterBoot: true,
    isUndone: ['sh', '-c', '! systemctl is-active -q "$1"', 'pollux', UNIT],
    isStanding: ['systemctl', 'is-active', UNIT],
  }
  const wasRunning = swanctl?.isActive === true && swanctl.isEnabled
  return [
    kernel,
    ...(swanctl ? [] : [install]),
    key,
    wasRunning ? { ...start, title: 'Have strongSwan read the key', undo: { nothing: 'It ran before.' } } : start,
  ]
}

function checksOf({ hostId, facts }: Host, index: number): HostCheck[] {
  if (isByStarter(facts)) return starterChecks(hostId, (what) => `prepare${index}.${what}`)
  const must = { hostId, weight: 'must', timeoutS: 10 } as const
  return [
    {
      ...must,
      id: `prepare${index}.runs`,
      title: `${UNIT} runs`,
      read: { command: ['systemctl', 'is-active', UNIT] },
      expect: { equals: 'active' },
    },
    {
      ...must,
      id: `prepare${index}.boots`,
      title: `${UNIT} starts at boot`,
      read: { command: ['systemctl', 'is-enabled', UNIT] },
      expect: { equals: 'enabled' },
    },
    {
      ...must,
      id: `prepare${index}.key`,
      title: `${OWN_PUBLIC} holds the public half of the host's key`,
      read: { file: OWN_PUBLIC },
      expect: { includes: '-----BEGIN PUBLIC KEY-----' },
    },
  ]
}

function findingsOf({ hostId, facts }: Host): Finding[] {
  const foreign = Object.entries(facts.files).filter(
    ([path, file]) =>
      file.state === 'there' &&
      !/\/pollux-|\/pollux\./.test(path) &&
      /^\/etc\/(swanctl\/conf\.d\/|ipsec\.conf$|ipsec-tools\.conf$)/.test(path) &&
      hasWords(file.bytes),
  )
  return foreign.map(([path]) => ({
    level: 'info',
    hostId,
    title: `${path} was written by somebody else`,
    detail: 'It stays as it is. What it sets up comes up with the daemon beside what Pollux writes.',
  }))
}

function hasWords(bytes: string): boolean {
  return bytes.split('\n').some((line) => /^\s*[^#\s]/.test(line) && !/^\s*(include|config setup)\b/.test(line))
}
