import type { InstallStep, RunStep, Step } from '@/lib/agent'
import type { InstallDesired } from '../desired'
import type { MysqlFacts } from '../facts/facts'
import { restart } from '../server/restart-script'
import { rootClient, type ServerClient } from '../server/root-client'
import { makeTmpdirStep } from '../tune/steps'
import type { Offer } from './offer'
import { optionText } from './option-text'
import { LEAST_ROOM, PACKAGE_DATA } from './places'
import {
  ALLOW,
  DISALLOW,
  IS_UNPLACED,
  LOOK,
  MARK,
  PLACE,
  REMOVE_OPTIONS,
  TIDY,
  UNPLACE,
  WRITE_OPTIONS,
} from './scripts'

/** Seconds for a first start: it makes its logs and temporary tablespaces. */
const START_S = 180
const USER = 'mysql'

/** Where Debian's packages, and those made after them, have the socket. */
export const SOCKET = '/var/run/mysqld/mysqld.sock'

/** The client as root of the server that comes. */
export function clientOf({ client }: Offer): ServerClient {
  return rootClient(client, SOCKET)
}

/** All steps, in their order. */
export function stepsOf(facts: MysqlFacts, offer: Offer, wish: InstallDesired): Step[] {
  const { dataDir, tmpdir } = wish
  const folders = [dataDir, tmpdir].filter((path) => path !== null)
  return [
    lookStep(offer, wish),
    ...(offer.package === null ? [] : [installStep(offer, offer.package)]),
    optionsStep(offer, wish),
    ...(folders.length > 0 ? [allowStep(folders)] : []),
    ...(dataDir ? [placeStep(dataDir)] : []),
    ...(tmpdir ? [makeTmpdirStep({ unit: null }, tmpdir)] : []),
    startStep(facts, offer),
    tidyStep(offer),
  ]
}

function lookStep({ package: wanted }: Offer, { dataDir, tmpdir }: InstallDesired): RunStep {
  const words = [PACKAGE_DATA, wanted === null ? '' : 'new', dataDir ?? '', tmpdir ?? '', String(LEAST_ROOM / 1024)]
  return {
    kind: 'run',
    id: 'look',
    title: 'See that the port is free and no data stand in the way',
    timeoutS: 30,
    run: ['sh', '-c', LOOK, 'pollux', ...words],
    undo: { nothing: 'It only looks.' },
  }
}

function installStep({ server, unit }: Offer, wanted: string): InstallStep {
  return {
    kind: 'install',
    id: 'install',
    title: `Install ${server} from the packages of the host, and start nothing yet`,
    timeoutS: 900,
    manager: 'apt',
    packages: [...new Set([wanted, server])],
    units: [unit],
    undo: { disable: true },
  }
}

/**
 * A step of kind `file` is laid beside its place before the change begins, and its folder comes only with the package. So
 * these bytes go to a command as its standard input. The undo has them too, and removes only a file that still says them.
 */
function optionsStep(offer: Offer, wish: InstallDesired): RunStep {
  const input = optionText(wish, offer)
  const path = offer.optionFile
  return {
    kind: 'run',
    id: 'options',
    title: `Write ${path}: where the data lie, and who may connect`,
    timeoutS: 20,
    run: ['sh', '-c', WRITE_OPTIONS, 'pollux', path],
    input,
    undo: { run: ['sh', '-c', REMOVE_OPTIONS, 'pollux', path], input, timeoutS: 20 },
    isUndone: ['sh', '-c', '[ ! -e "$1" ]', 'pollux', path],
    isStanding: ['sh', '-c', '[ -e "$1" ]', 'pollux', path],
  }
}

function allowStep(folders: readonly string[]): RunStep {
  return {
    kind: 'run',
    id: 'apparmor',
    title: `Let AppArmor allow ${folders.join(' and ')}, where it confines the server`,
    timeoutS: 60,
    run: ['sh', '-c', ALLOW, 'pollux', ...folders],
    undo: { run: ['sh', '-c', DISALLOW, 'pollux', ...folders], timeoutS: 60 },
  }
}

function placeStep(dataDir: string): RunStep {
  return {
    kind: 'run',
    id: 'data',
    title: `Lay the data directory to ${dataDir}, for ${USER} alone (mode 0700)`,
    timeoutS: 600,
    run: ['sh', '-c', PLACE, 'pollux', dataDir, PACKAGE_DATA, MARK, USER],
    undo: { run: ['sh', '-c', UNPLACE, 'pollux', dataDir, MARK], timeoutS: 600 },
    // Its file system may not be mounted yet while the host boots.
    undoAfterBoot: true,
    isUndone: ['sh', '-c', IS_UNPLACED, 'pollux', dataDir, MARK],
    isStanding: ['sh', '-c', '[ -e "$1/$2" ]', 'pollux', dataDir, MARK],
  }
}

function startStep({ units }: MysqlFacts, offer: Offer): RunStep {
  const { unit } = offer
  const wasEnabled = units.some((one) => one.names.includes(unit) && one.enabled === 'enabled')
  const start = restart({ by: 'systemd', unit }, clientOf(offer), { startS: START_S, log: null })
  return {
    kind: 'run',
    id: 'start',
    title: 'Start the server, and wait until it answers on its socket',
    timeoutS: start.timeoutS,
    run: ['sh', '-c', 'systemctl enable "$1" || exit 1; shift; exec "$@"', 'pollux', unit, ...start.run],
    undo: {
      run: wasEnabled ? ['systemctl', 'stop', unit] : ['sh', '-c', OFF, 'pollux', unit],
      timeoutS: 660,
    },
    undoAfterBoot: true,
    isUndone: ['sh', '-c', '! systemctl is-active -q "$1"', 'pollux', unit],
    isStanding: ['systemctl', 'is-active', unit],
  }
}

// A unit that never came needs nothing.
const OFF = 'systemctl cat "$1" >/dev/null 2>&1 || exit 0; systemctl disable --now "$1"'

function tidyStep(offer: Offer): RunStep {
  return {
    kind: 'run',
    id: 'tidy',
    title: 'Remove anonymous accounts, root from elsewhere and an empty database test, where the package brought any',
    timeoutS: 60,
    run: ['sh', '-c', TIDY, 'pollux', ...clientOf(offer)],
    undo: { nothing: 'Nobody has used the server yet, and nobody should have these back.' },
  }
}
