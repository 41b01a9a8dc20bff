import type { Drift, Plan, PlanHost } from '@/lib/agent'
import { fileAt } from '@/lib/agent/config-file'
import type { InstallDesired } from '../desired'
import type { MysqlFacts, MysqlServer } from '../facts/facts'
import { parseServerVersion } from '../version'
import { bindAddress } from './option-text'
import { PACKAGE_DATA } from './places'
import { SOCKET } from './steps'

/** Whether a server runs that is what the wish asks for: where its data lie, where its temporary files, whom it listens to. */
export function standsAlready(facts: MysqlFacts, wish: InstallDesired): boolean {
  const server = serverOf(facts, wish)
  return server !== null && differencesOf(server, wish).length === 0
}

/** Where a host no longer agrees with what an installation left. */
export function installDrift({ hostId, facts }: PlanHost<MysqlFacts>, wish: InstallDesired, applied: Plan): Drift[] {
  const server = serverOf(facts, wish)
  const written = optionsIn(applied, hostId)
  const found = written ? fileAt(facts.files, written.path) : null
  const file: Drift[] =
    !written || !found || (found.state === 'there' && found.bytes === written.text)
      ? []
      : [{ what: written.path, expected: 'as Pollux wrote it', seen: seenOf(found.state) }]
  const data = wish.dataDir ?? PACKAGE_DATA
  if (!server) return [...file, { what: `server in ${data}`, expected: 'running', seen: 'not running' }]
  return [...file, ...differencesOf(server, wish)]
}

/** The facts once it was applied: the option file, and a server that was not asked yet. */
export function afterInstall({ hostId, facts }: PlanHost<MysqlFacts>, plan: Plan): MysqlFacts | null {
  const written = optionsIn(plan, hostId)
  const check = plan.checks.find(({ hostId: of, id }) => of === hostId && id === 'is-datadir')
  if (!written || !check || !('value' in check.expect)) return null
  const dataDir = check.expect.value.replace(/\/$/, '')
  const server: MysqlServer = {
    key: dataDir,
    process: null,
    matchedBy: null,
    socket: SOCKET,
    dataDir,
    unit: null,
    said: { state: 'not-read', why: 'not-asked', detail: 'it was just installed' },
  }
  const file = {
    state: 'there',
    type: 'file',
    mode: '0644',
    owner: 'root',
    group: 'root',
    bytes: written.text,
  } as const
  return { ...facts, servers: [...facts.servers, server], files: { ...facts.files, [written.path]: file } }
}

function serverOf({ servers }: MysqlFacts, { dataDir }: InstallDesired): MysqlServer | null {
  return servers.find(({ key }) => key === (dataDir ?? PACKAGE_DATA)) ?? null
}

/** Of a server that did not say anything nothing differs: that it is there is all that is known. */
function differencesOf({ said }: MysqlServer, { tmpdir, network }: InstallDesired): Drift[] {
  if (said.state === 'not-read') return []
  const { variables, version: text } = said.value
  const version = parseServerVersion(text)
  const wanted: [string, string | null][] = [
    ['tmpdir', tmpdir],
    ['bind_address', version && bindAddress(network, { version })],
  ]
  return wanted.flatMap(([name, expected]): Drift[] => {
    const seen = variables[name]
    if (expected === null || seen === undefined || seen === expected) return []
    return [{ what: `${name} of the server`, expected, seen }]
  })
}

function optionsIn(plan: Plan, hostId: string): { path: string; text: string } | null {
  const steps = plan.phases.flatMap(({ hosts }) => hosts.flatMap((host) => (host.hostId === hostId ? host.steps : [])))
  const step = steps.find(({ id }) => id === 'options')
  const path = step?.kind === 'run' ? step.run.at(-1) : undefined
  return step?.kind === 'run' && path && step.input !== undefined ? { path, text: step.input } : null
}

function seenOf(state: 'absent' | 'unread' | 'there'): string {
  return { absent: 'gone', unread: 'not readable', there: 'edited' }[state]
}
