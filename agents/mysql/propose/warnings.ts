import { megabytes, parseSize, supportOf } from '../variables'
import { type Context, whyShort } from './context'
import type { Warning } from './proposal'
import { mayResizeRedo } from './rules'

const day = 86_400

/** What is to be said beside the values. */
export function warningsOf(context: Context): Warning[] {
  return [
    ...aboutCounters(context),
    ...aboutMachine(context),
    ...aboutTmpdir(context),
    ...aboutServer(context),
    ...aboutRedo(context),
  ]
}

function aboutCounters({ input }: Context): Warning[] {
  if (input.status === null) return [note('The counters could not be read, so nothing is judged from them.')]
  if (input.uptimeSeconds !== null && input.uptimeSeconds >= day) return []
  const hours = input.uptimeSeconds === null ? 'an unknown number of' : Math.floor(input.uptimeSeconds / 3600)
  return [note(`The counters are of ${hours} hours; nothing is judged from them before a day has gone by.`)]
}

function aboutMachine({ input: { machine, purpose }, budget }: Context): Warning[] {
  const left = machine.memTotal - machine.otherProcessesRss
  if (budget > machine.memTotal)
    return [{ level: 'danger', sentence: `The budget is more than the ${megabytes(machine.memTotal)} of the machine.` }]
  if (budget > left)
    return [warning(`Other programs take so much that only ${megabytes(Math.max(0, left))} are left for the budget.`)]
  const share = purpose === 'alone' ? 0.8 : 0.5
  if (budget <= share * machine.memTotal) return []
  return [
    warning(`The budget is more than ${100 * share} % of the memory, which the kernel's own cache of files needs too.`),
  ]
}

function aboutTmpdir({ input }: Context): Warning[] {
  if (!input.tmpdir) return []
  const { path, owner, mode } = input.tmpdir
  return [
    ...(owner === 'mysql'
      ? []
      : [warning(`${path} belongs to ${owner}; the server can not write there before it belongs to mysql.`)]),
    ...(/^0?700$/.test(mode)
      ? []
      : [warning(`${path} has mode ${mode}; with 700 nobody else reads what is in there.`)]),
  ]
}

function aboutServer(context: Context): Warning[] {
  const { version } = context.input
  const support = supportOf(version)
  const keeps = parseSize(context.today('expire_logs_days') ?? '0') === 0
  const seconds = parseSize(context.today('binlog_expire_logs_seconds') ?? '0') === 0
  const short = whyShort(context.input)
  return [
    ...(support === 'live-tested' ? [] : [note(`What is said of ${context.label} comes from ${origin[support]}.`)]),
    ...(context.today('log_bin') === 'ON' && keeps && seconds
      ? [warning('The binary log is on, and nothing removes its old files.')]
      : []),
    ...(short === null ? [] : [warning(`Memory is short: ${short}.`)]),
  ]
}

/** MySQL manual 5.5, "Changing the Number or Size of InnoDB Redo Log Files". */
function aboutRedo(context: Context): Warning[] {
  if (!context.has('innodb_log_file_size') || mayResizeRedo(context)) return []
  const today = parseSize(context.today('innodb_log_file_size') ?? '')
  return [
    note(
      `The redo log stays as it is${today === null ? '' : ` (${megabytes(today)} a file)`}, since InnoDB of ${context.label} does not come up with files of another size than the option. To change it by hand: SET GLOBAL innodb_fast_shutdown = 0, stop the server, see in its log that it ended well, move ib_logfile* from its data directory, set innodb_log_file_size, start it.`,
    ),
  ]
}

const origin = {
  'live-tested': '',
  'published lists only': 'the manuals alone; it was not tried on a server',
  unproved: 'other versions; no list of this one was looked at',
}

function note(sentence: string): Warning {
  return { level: 'note', sentence }
}

function warning(sentence: string): Warning {
  return { level: 'warning', sentence }
}
