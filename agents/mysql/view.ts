import { isAppError } from '@/lib/errors'
import { askedAs } from './account/view'
import { tableCount } from './convert/view'
import type { TuningAim } from './desired'
import type { MysqlFacts, MysqlServer } from './facts/facts'
import { type ResolvedServer, resolveServer } from './server/resolve-server'
import { situationOf, type TuningSituation } from './tune/situation'
import type { Support } from './variables'

export { type AccountOffer, accountOffer, askedAs, type RightView } from './account/view'
export { type Conversion, conversionOf, type OfferedTable, offeredTables } from './convert/view'
export { type TuningAim, tuningAim } from './desired'
export { type InstallChoices, installChoices } from './install/choices'
export { type Edited, type PreviewRow, previewTuning, type TuningPreview } from './tune/preview'
export { type TuningSituation, tuningSituation } from './tune/situation'

/** One server of a host, as the wizard shows it. */
export interface ServerView {
  /** Its name in a wish. */
  key: string
  /** "10.11.14-MariaDB", or what is known where it does not answer. */
  label: string
  support: Support | null
  /** Why nothing can be planned for it; null where it can. */
  whyNot: string | null
  /** It lets nobody in that Pollux could be: an account of its own would help. */
  isRefused: boolean
  /** Who it was asked as, CURRENT_USER(); null where it was not. */
  askedAs: string | null
  isAskedByAccount: boolean
  situation: TuningSituation | null
  uptimeSeconds: number | null
  /** Resident now, and the most it ever had, in bytes. */
  rssBytes: number | null
  peakRssBytes: number | null
  connections: number | null
  schemas: readonly string[]
  /** Tables of MyISAM's outside the server's own databases. */
  myisamTables: number
  /** Tables that the server cannot open. */
  closedTables: number
  /** Values that Pollux's own file sets today. */
  ours: Readonly<Record<string, string>>
  service: string | null
}

/** The servers of a host, in the order of their data directories. Pure. */
export function serverViews(host: { hostId: string; name: string; facts: MysqlFacts }): ServerView[] {
  return host.facts.servers.map((server) => {
    try {
      return viewOf(resolveServer(host, server.key))
    } catch (error) {
      if (!isAppError(error)) throw error
      return { ...unanswered(server), whyNot: error.userMessage ?? error.message }
    }
  })
}

function viewOf(resolved: ResolvedServer): ServerView {
  const { server, said, version, support, order, unit } = resolved
  const situation = situationOf(resolved)
  const groups = said.connections.state === 'read' ? said.connections.value : null
  return {
    ...unanswered(server),
    label: version.text,
    support,
    whyNot: situation ? null : 'The host does not tell how much memory it has.',
    situation,
    uptimeSeconds: said.uptimeS,
    connections: groups?.reduce((sum, { count }) => sum + count, 0) ?? null,
    schemas: said.tables.state === 'read' ? [...new Set(said.tables.value.map(({ schema }) => schema))] : [],
    myisamTables: tableCount(said, 'MyISAM'),
    closedTables: tableCount(said, null),
    ours: Object.fromEntries(
      order.settings.flatMap(({ file, name, value }) =>
        file.endsWith('-pollux.cnf') && value !== null ? [[name, value]] : [],
      ),
    ),
    service: unit?.id ?? null,
  }
}

function unanswered(server: MysqlServer): ServerView {
  const { key, process, unit, said } = server
  return {
    key,
    label: process ? `${process.name}, process ${process.pid}` : key,
    support: null,
    whyNot: null,
    isRefused: said.state === 'not-read' && said.why === 'denied',
    ...askedAs(server),
    situation: null,
    uptimeSeconds: null,
    rssBytes: process?.rssBytes ?? null,
    peakRssBytes: process?.peakRssBytes ?? null,
    connections: null,
    schemas: [],
    myisamTables: 0,
    closedTables: 0,
    ours: {},
    service: unit,
  }
}

/**
 * What a form begins with: on 256 MB a tiny NAS, a catalog's server where there is a database of that name, and half of
 * the memory, less what the other programs hold.
 */
export function suggestedAim({ machine }: TuningSituation, schemas: readonly string[]): TuningAim {
  const megabyte = 2 ** 20
  const isTiny = machine.memTotal <= 300 * megabyte
  const free = Math.max(machine.memTotal - machine.otherProcessesRss, machine.memTotal / 4)
  const budget = Math.min(machine.memTotal / 2, free * 0.8)
  return {
    purpose: isTiny ? 'tiny-nas' : 'shared',
    load: schemas.some((schema) => /^(?:bacula|bareos)/i.test(schema)) ? 'bacula' : 'general',
    budgetBytes: Math.max(32, Math.floor(budget / megabyte / 16) * 16) * megabyte,
  }
}
