import { type DaemonFacts, type DaemonKind, daemonKinds } from './facts'
import type { UnitState } from './parse-units'

/** By what a daemon is told to be there, to run, and to start at boot. */
export interface DaemonEvidence {
  programs: ReadonlySet<string>
  /** Installed packages, with their versions. */
  packages: ReadonlyMap<string, string>
  /** Paths of daemons that stand in no PATH. */
  paths: readonly string[]
  units: readonly UnitState[]
  /** What the processes call themselves (/proc/PID/comm). */
  commands: ReadonlySet<string>
  /** Init scripts that a runlevel starts. */
  initScripts: ReadonlySet<string>
  /** What `swanctl --version` or its package says. */
  swanctlVersion: string | null
}

interface Kind {
  isThere(evidence: DaemonEvidence): boolean
  packages: readonly string[]
  /** Names of its units, and what its ExecStart holds: "strongswan.service" was the starter's before 5.8. */
  units: readonly string[]
  starts: RegExp
  commands: readonly string[]
  initScript: string
}

const kinds: Readonly<Record<DaemonKind, Kind>> = {
  swanctl: {
    isThere: ({ programs }) => programs.has('swanctl') && programs.has('charon-systemd'),
    packages: ['strongswan-swanctl', 'charon-systemd'],
    units: ['strongswan.service', 'strongswan-swanctl.service'],
    starts: /\/charon-systemd\b/,
    commands: ['charon-systemd'],
    initScript: 'charon-systemd',
  },
  starter: {
    isThere: ({ paths, packages }) =>
      packages.has('strongswan-starter') || paths.some((path) => path.endsWith('/starter')),
    packages: ['strongswan-starter'],
    units: ['strongswan-starter.service', 'strongswan.service'],
    starts: /\/(ipsec|starter)\b/,
    commands: ['starter', 'charon'],
    initScript: 'ipsec',
  },
  libreswan: {
    isThere: ({ paths, packages }) => packages.has('libreswan') || paths.some((path) => path.endsWith('/pluto')),
    packages: ['libreswan'],
    units: ['ipsec.service'],
    starts: /./,
    commands: ['pluto'],
    initScript: 'ipsec',
  },
  racoon: {
    isThere: ({ programs }) => programs.has('racoon'),
    packages: ['racoon'],
    units: ['racoon.service'],
    starts: /./,
    commands: ['racoon'],
    initScript: 'racoon',
  },
}

/** Every daemon of the key exchange that the host has, in the order in which Pollux would rather use them. */
export function daemonsOf(evidence: DaemonEvidence): DaemonFacts[] {
  return daemonKinds.filter((kind) => kinds[kind].isThere(evidence)).map((kind) => daemonOf(kind, evidence))
}

/** The daemon that runs, else one that would at boot, else the first; null where there is none. */
export function mainDaemon(daemons: readonly DaemonFacts[]): DaemonFacts | null {
  return daemons.find(({ isActive }) => isActive) ?? daemons.find(({ isEnabled }) => isEnabled) ?? daemons[0] ?? null
}

function daemonOf(kind: DaemonKind, evidence: DaemonEvidence): DaemonFacts {
  const { packages, units, starts, commands, initScript } = kinds[kind]
  const unit = evidence.units.find(({ id, execStart }) => units.includes(id) && starts.test(execStart))
  const packaged = packages.map((name) => evidence.packages.get(name)).find((version) => version !== undefined)
  const isInScript = evidence.initScripts.has(initScript)
  return {
    kind,
    version: upstream(packaged ?? (kind === 'swanctl' ? evidence.swanctlVersion : null)),
    unit: unit?.id ?? null,
    isActive: unit?.isActive === true || commands.some((command) => evidence.commands.has(command)),
    isEnabled: unit && unit.fileState !== 'generated' ? unit.fileState.startsWith('enabled') : isInScript,
  }
}

/** "5.9.8" of "5.9.8-5+deb12u1" or "strongSwan swanctl 5.9.8". */
function upstream(text: string | null): string | null {
  return /(?:^|[\s:])(\d+(?:\.\d+)+)/.exec(text ?? '')?.[1] ?? null
}
