import type { Drift, Plan, PlanHost } from '@/lib/agent'
import type { MysqlFacts, MysqlServer } from '../facts/facts'
import type { AccountDesired } from './desired'
import { type Grant, isSameGrants, labelOf } from './grant'
import { ACCOUNT } from './name'
import { fileStanding, withAccountFile } from './option-file'
import { accountFileFor } from './place'
import { grantsFor } from './rights'
import { accountSituation } from './situation'

/** Where a host no longer agrees with what the change left: the account, its rights, and its file. */
export function accountDrift(host: PlanHost<MysqlFacts>, desired: AccountDesired): Drift[] {
  const { facts } = host
  const server = facts.servers.find(({ key }) => key === desired.server)
  if (!server) return [{ what: `server in ${desired.server}`, expected: 'running', seen: 'not running' }]
  if (server.socket === null) return []
  const path = accountFileFor(server.socket)
  return [...fileDrift(facts, path, desired), ...rightsDrift(host, server, desired)]
}

function fileDrift(facts: MysqlFacts, path: string, { may }: AccountDesired): Drift[] {
  const found = fileStanding(facts, path)
  if (may === 'nothing') return found === 'gone' ? [] : [{ what: path, expected: 'gone', seen: 'there' }]
  if (typeof found !== 'string') return [{ what: `mode of ${path}`, expected: '0600', seen: found.mode }]
  return found === 'as written' ? [] : [{ what: path, expected: 'as Pollux wrote it', seen: found }]
}

function rightsDrift(host: PlanHost<MysqlFacts>, { said, key }: MysqlServer, { may }: AccountDesired): Drift[] {
  if (may === 'nothing') return []
  const what = `account ${ACCOUNT} of the server in ${key}`
  if (said.state === 'not-read') return said.why === 'denied' ? [{ what, expected: 'let in', seen: 'refused' }] : []
  const { grants, version } = accountSituation(host, key)
  if (grants === 'unknown') return []
  if (grants === 'none') return [{ what, expected: 'there', seen: 'gone' }]
  const expected = grantsFor(version, may)
  return isSameGrants(grants, expected)
    ? []
    : [{ what: `rights of the ${what}`, expected: listOf(expected), seen: listOf(grants) }]
}

function listOf(grants: readonly Grant[]): string {
  return grants.length === 0 ? 'none' : grants.map(labelOf).join(', ')
}

/** The facts once it was applied. A server that nobody was let in to is asked only at the next reading. */
export function afterAccount({ hostId, facts }: PlanHost<MysqlFacts>, plan: Plan): MysqlFacts | null {
  const check = plan.checks.find(({ id, hostId: of }) => of === hostId && (id === 'lets-in' || id === 'gone'))
  if (!check) return null
  const isThere = check.id === 'lets-in'
  const grants = isThere ? grantsIn(plan) : null
  const server = facts.servers.find(({ socket }) => socket !== null && isAbout(plan, accountFileFor(socket)))
  if (!server?.socket) return facts
  return {
    ...withAccountFile(facts, accountFileFor(server.socket), isThere),
    servers: facts.servers.map((one) => (one === server ? { ...one, said: saidAfter(one.said, grants) } : one)),
  }
}

function saidAfter(said: MysqlServer['said'], grants: readonly Grant[] | null): MysqlServer['said'] {
  if (said.state === 'not-read')
    return grants ? { state: 'not-read', why: 'not-asked', detail: 'its account was just made' } : said
  return { state: 'read', value: { ...said.value, grants: { state: 'read', value: grants && [...grants] } } }
}

function isAbout({ basis }: Plan, path: string): boolean {
  return basis.some(({ name }) => name === path)
}

/** The rights that the plan's check proves. */
function grantsIn({ checks }: Plan): Grant[] {
  const check = checks.find(({ id }) => id === 'rights')
  const lines = check && 'equals' in check.expect ? check.expect.equals.split('\n') : []
  return lines.map((line) => {
    const [schema = '', table = '', column = '', right = '', isGrantable] = line.split('\t')
    return { schema, table, column, right, isGrantable: isGrantable === 'YES' }
  })
}
