import { setTimeout as sleep } from 'node:timers/promises'
import { type MysqlFacts, mysqlAgent, type TuneDesired } from '@/agents/mysql'
import { type ResolvedServer, resolveServer } from '@/agents/mysql/server/resolve-server'
import { restart } from '@/agents/mysql/server/restart-script'
import { wishedValues } from '@/agents/mysql/tune/wished'
import { getLabHost, hostExec, type LabHost } from '@/e2e/lab/lab'
import type { FileStep, PlanHost } from '@/lib/agent'
import { readAgentFacts } from '@/lib/changes/read-agent-facts'
import { benchCtx } from '../bench-store'

const SERVER = '/var/lib/mysql'

/** The guest that this run of a bench is for: `npm run bench` brings up one after the other and says its name. */
export function benchGuest(): LabHost {
  return getLabHost(process.env['BENCH_GUEST'] || 'cobalt')
}

/** Runs a script as root on the guest and gives its output. Throws an Error with its words where it fails. */
export async function onGuest(name: string, script: string, { input, seconds = 600 }: Feed = {}): Promise<string> {
  const ran = await hostExec(name, ['sh', '-c', script], { input, seconds })
  if (ran.code === 0) return ran.stdout
  const why = ran.timedOut ? `did not end within ${seconds} s` : `ended with ${ran.code}`
  throw new Error(`expected success on ${name}, but it ${why}: ${`${ran.stderr}${ran.stdout}`.trim().slice(-1500)}`)
}

interface Feed {
  input?: string
  seconds?: number
}

/** Statements as root of the socket; rows as text, columns apart by tabs. */
export function sqlOn(name: string, text: string, seconds = 600): Promise<string> {
  return onGuest(name, 'exec mariadb --no-defaults -N -B', { input: text, seconds })
}

/**
 * The same for what takes minutes: it runs on by itself, since a guest that writes much answers nobody for longer than a
 * connection waits.
 */
export async function sqlLongOn(name: string, text: string, seconds: number): Promise<void> {
  await onGuest(name, 'rm -f /root/long.*; cat >/root/long.sql', { input: text })
  const run = '(mariadb --no-defaults </root/long.sql >/root/long.out 2>&1; echo $? >/root/long.code; sync)'
  await onGuest(name, `nohup sh -c '${run}' >/dev/null 2>&1 </dev/null &`)
  const code = () => onGuest(name, 'cat /root/long.code', { seconds: 30 }).catch(() => '')
  await until('the statements have ended', async () => (await code()).trim() !== '', seconds)
  if ((await code()).trim() !== '0') throw new Error(await onGuest(name, 'tail -c 1500 /root/long.out'))
}

/** The facts of the guest as the product's own probe reads them now. Throws an Error where it could not. */
export async function readGuest(hostId: string): Promise<PlanHost<MysqlFacts>> {
  const [reading] = await readAgentFacts(benchCtx, 'mysql', [hostId])
  if (!reading || reading.problem !== null) throw new Error(reading?.problem ?? 'expected a reading, got none')
  return { hostId, name: reading.name, facts: reading.facts as MysqlFacts }
}

export function serverOf(host: PlanHost<MysqlFacts>): ResolvedServer {
  return resolveServer(host, SERVER)
}

/** Every byte that planning a wish writes, and the product's own restart. Throws what the plan refuses. */
export function planOf(host: PlanHost<MysqlFacts>, wish: TuneDesired): FileStep {
  const plan = mysqlAgent.plan([host], wish)
  const step = plan.phases
    .flatMap((phase) => phase.hosts.flatMap(({ steps }) => steps))
    .find((one): one is FileStep => one.kind === 'file' && one.id === 'options')
  if (!step?.after || !step.activate) throw new Error(`expected a plan with a restart, got ${plan.summary}`)
  return step
}

/** Why the server did not start with this file, or has other values than it says; null where all is as asked. */
export async function startWith(host: PlanHost<MysqlFacts>, wish: TuneDesired): Promise<string | null> {
  const step = planOf(host, wish)
  await onGuest(host.name, `cat >${step.path}`, { input: step.after?.bytes ?? '' })
  const ran = await hostExec(host.name, step.activate?.run ?? [], { seconds: 900 })
  if (ran.code !== 0) return `${ran.stdout}${ran.stderr}`.trim().slice(-600)
  const rows = (await sqlOn(host.name, 'SHOW GLOBAL VARIABLES')).split('\n').map((row) => row.split('\t'))
  const now = new Map(rows.map(([name = '', value = '']) => [name, value]))
  const others = wishedValues(serverOf(host), wish).filter(({ name, shown }) => now.get(name) !== shown)
  return others.length > 0
    ? others.map(({ name, shown }) => `${name} is ${now.get(name)}, not ${shown}`).join('; ')
    : null
}

/** Starts the server again with what stands in its files. Throws an Error where it does not come up. */
export async function startAgain({ hostName, service, client }: ResolvedServer): Promise<void> {
  if (!service) throw new Error(`expected to know what starts the server on ${hostName}`)
  const ran = await hostExec(hostName, restart(service, client, { startS: 300, log: null }).run, { seconds: 900 })
  if (ran.code !== 0) throw new Error(`expected the server on ${hostName} to start: ${ran.stdout}${ran.stderr}`)
}

/** The most memory that the running server ever had resident, in bytes (VmHWM of proc(5)). */
export async function highWater(name: string): Promise<number> {
  const said = await onGuest(
    name,
    `sed -n 's/^VmHWM:[^0-9]*\\([0-9]*\\) kB$/\\1/p' "/proc/$(cat /run/mysqld/mysqld.pid)/status"`,
  )
  const kilobytes = Number(said.trim())
  if (!(kilobytes > 0)) throw new Error(`expected the server's VmHWM in kB, got "${said}"`)
  return kilobytes * 1024
}

/** How often the guest's kernel ended a program for want of memory since it booted. */
export async function outOfMemory(name: string): Promise<number> {
  return Number(await onGuest(name, "dmesg | grep -c 'Killed process' || :"))
}

/** What the server and the kernel complained of last. */
export function lastErrors(name: string): Promise<string> {
  return onGuest(
    name,
    "grep -iE 'ERROR|signal|oom|mysqld_safe' /var/log/syslog | grep -v 'is full' | tail -n 12 | cut -c1-300",
  )
}

/** Asks again until it is so. Throws an Error after so many seconds. */
export async function until(what: string, isSo: () => Promise<boolean>, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`expected within ${seconds} s: ${what}`)
    await sleep(500)
  }
}
