import { type Check, type FileStep, type Plan, type PlanHost, refuse, type Step } from '@/lib/agent'
import { editTo } from '@/lib/agent/config-file'
import { refuseLiveWithoutRight } from '../account/refuse'
import type { TuneDesired } from '../desired'
import type { MysqlFacts } from '../facts/facts'
import { AGENT } from '../names'
import { type ResolvedServer, resolveServer } from '../server/resolve-server'
import { engineChecks, valueChecks } from './checks'
import { findingsOf } from './findings'
import { fileWithValues, placeOf } from './own-file'
import { refuseWish } from './refuse-wish'
import { appArmorStep, fileStep, liveStep, makeTmpdirStep, tmpdirFitsStep, validateStep, wholeChainStep } from './steps'
import { type Wished, wishedValues } from './wished'

/**
 * Pollux's own option file for one server, read last, with exactly the values that are asked for; what is dynamic at once,
 * the rest by a restart where that is asked for.
 * @throws AppError `invalid` where a value cannot be had, with the reason
 */
export function planTune(hosts: readonly PlanHost<MysqlFacts>[], wish: TuneDesired): Plan {
  const [host, ...others] = hosts
  if (!host || others.length > 0) throw refuse('Choose the one host on which the server runs.')
  const server = resolveServer(host, wish.server)
  const wished = wishedValues(server, wish)
  refuseWish(server, wish, wished)
  const place = placeOf(server)
  const edit = editTo(host.facts.files, place.path, fileWithValues(server, place, wish), { makesFolder: false })
  if (!edit.ok) throw refuse(`${place.path} on ${host.name} ${edit.why}.`)
  const restarts = wish.restart && wished.some(({ isPending, isDynamic }) => isPending && !isDynamic)
  if (restarts && !server.service)
    throw refuse(
      `It is not known what starts the server in ${wish.server} on ${host.name}: choose to restart it yourself.`,
    )
  const isSame = edit.before !== null && edit.before.bytes === edit.after?.bytes
  const live = restarts ? [] : wished.filter(({ isPending, isDynamic }) => isPending && isDynamic)
  refuseLiveWithoutRight(
    server,
    live.map(({ name }) => name),
  )
  const steps = isSame && live.length === 0 && !restarts ? [] : stepsOf({ server, wish, live, restarts, edit })
  const waiting = wished.filter(({ isPending, isDynamic }) => isPending && !isDynamic && !restarts)
  return {
    agent: AGENT,
    title: `${server.said.version.split('-')[0]} on ${host.name} tuned for ${inMegabytes(wish.aim.budgetBytes)}`,
    summary: summaryOf(place.path, live, restarts, waiting),
    phases:
      steps.length > 0 ? [{ id: 'tune', title: `Tune ${host.name}`, hosts: [{ hostId: host.hostId, steps }] }] : [],
    checks: steps.length > 0 ? checksOf(server, wished, restarts) : [],
    basis: basisOf(server, wished),
    findings: findingsOf(server, wish, wished, { restarts, waiting }),
    guard: null,
    nothingToDo:
      steps.length > 0
        ? null
        : `${host.name} has all of these values already. Comments and blank lines in ${place.path} are kept as they are.`,
  }
}

function stepsOf({
  server,
  wish,
  live,
  restarts,
  edit,
}: {
  server: ResolvedServer
  wish: TuneDesired
  live: readonly Wished[]
  restarts: boolean
  edit: Extract<ReturnType<typeof editTo>, { ok: true }>
}): Step[] {
  const file: FileStep = fileStep(server, edit, restarts)
  const tmpdir = wish.values['tmpdir']
  return [
    ...(wish.makeTmpdir && tmpdir ? [makeTmpdirStep(server, tmpdir)] : []),
    ...(tmpdir ? [tmpdirFitsStep(server, tmpdir), ...appArmorStep(server, tmpdir)] : []),
    validateStep(server, file),
    file,
    ...(restarts ? [] : [wholeChainStep(server)]),
    ...(live.length > 0 ? [liveStep(server, live)] : []),
  ]
}

function checksOf(server: ResolvedServer, wished: readonly Wished[], restarts: boolean): Check[] {
  const proved = wished.filter(({ isPending, isDynamic }) => !isPending || isDynamic || restarts)
  return [...valueChecks(server, proved), ...engineChecks(server)]
}

function basisOf({ hostId, said, unit, facts, order }: ResolvedServer, wished: readonly Wished[]): Plan['basis'] {
  const item = (name: string, value: string) => ({ hostId, name, value })
  return [
    item('version', said.version),
    item('unit', unit ? `${unit.id} ${unit.active}` : 'none'),
    item('option files', order.files.map(({ path }) => path).join(' ')),
    item('init', facts.init),
    ...wished.map(({ name, now }) => item(`${name} now`, now ?? 'not there')),
  ]
}

function summaryOf(path: string, live: readonly Wished[], restarts: boolean, waiting: readonly Wished[]): string {
  const first = `Writes ${path} and checks it with the server's own program first.`
  if (restarts) return `${first} Restarts the server; if it does not answer, the old file and the old server are back.`
  const set = live.length > 0 ? ` Sets ${counted(live.length)} at once.` : ''
  return `${first}${set}${waiting.length > 0 ? ` ${counted(waiting.length)} will count from the next restart on.` : ''}`
}

function counted(count: number): string {
  return count === 1 ? 'one value' : `${count} values`
}

function inMegabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MB`
}
