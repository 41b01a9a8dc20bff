import { draw } from './draw'
import { type CatalogModel, type GeneratedPool, spread } from './model'
import { type Cell, type GeneratedTable, hourS } from './table'
import { poolName, timeText } from './texts'

const blockBytes = 64_512

export const pool: GeneratedTable = {
  name: 'Pool',
  columns: [
    'PoolId',
    'Name',
    'NumVols',
    'MaxVols',
    'VolRetention',
    'MaxVolBytes',
    'AutoPrune',
    'Recycle',
    'PoolType',
    'LabelFormat',
  ],
  *rows({ pools }) {
    for (const each of pools) {
      // One in five has no limit: its capacity is unknown.
      const maxVols = each.poolId % 5 === 0 ? 0 : Math.ceil(each.volumes * 1.3)
      yield [
        each.poolId,
        poolName(each),
        each.volumes,
        maxVols,
        each.retention,
        50e9,
        1,
        1,
        'Backup',
        `${poolName(each)}-`,
      ]
    }
  },
}

export const media: GeneratedTable = {
  name: 'Media',
  columns: [
    ...[
      'MediaId',
      'VolumeName',
      'PoolId',
      'MediaType',
      'MediaTypeId',
      'FirstWritten',
      'LastWritten',
      'LabelDate',
      'InitialWrite',
    ],
    ...[
      'VolJobs',
      'VolFiles',
      'VolBlocks',
      'VolMounts',
      'VolBytes',
      'VolErrors',
      'VolWrites',
      'VolStatus',
      'Enabled',
      'Recycle',
    ],
    ...['VolRetention', 'MaxVolBytes', 'StorageId', 'VolType', 'EndFile', 'EndBlock', 'RecycleCount'],
  ],
  *rows(model) {
    for (const each of model.pools)
      for (let number = 0; number < each.volumes; number += 1) yield mediaRow(model, each, number)
  },
}

function mediaRow({ options, begin, days }: CatalogModel, each: GeneratedPool, number: number): readonly Cell[] {
  const id = each.firstMedia + number
  const drawn = (what: number) => draw(options.seed, what, id)
  const slice = (days * 24 * hourS) / each.volumes
  const first = begin + number * slice
  const last = Math.min(options.now, first + slice + 8 * hourS)
  const isLast = number === each.volumes - 1
  const blocks = Math.floor((isLast ? 0.3 : 0.9 + drawn(30) * 0.1) * (50e9 / blockBytes))
  const end = blocks * blockBytes - 1
  const written =
    each.kind === 'Spare'
      ? [null, null, timeText(first), null]
      : [timeText(first), timeText(last), timeText(first), timeText(first)]
  return [
    ...[id, `${poolName(each)}-${String(number + 1).padStart(6, '0')}`, each.poolId, 'File', 1, ...written],
    ...[1 + Math.floor(drawn(31) * 40), Math.floor(end / 1e9), blocks, 1 + Math.floor(drawn(32) * 90), end + 1],
    ...[drawn(33) < 0.01 ? 1 + Math.floor(drawn(34) * 9) : 0, blocks + 1, statusOfVolume(each, isLast, drawn(35))],
    ...[drawn(36) < 0.005 ? 2 : drawn(37) < 0.005 ? 0 : 1, drawn(38) < 0.02 ? 0 : 1, each.retention, 50e9, 1, 1],
    ...[Math.floor(end / 2 ** 32), end % 2 ** 32, Math.floor(drawn(39) * 5)],
  ]
}

function statusOfVolume({ kind }: GeneratedPool, isLast: boolean, drawn: number): string {
  if (kind === 'Spare') return drawn < 0.6 ? 'Purged' : drawn < 0.7 ? 'Recycle' : 'Append'
  if (isLast) return 'Append'
  if (drawn < 0.004) return 'Error'
  if (drawn < 0.006) return 'Read-Only'
  return drawn < 0.1 ? 'Used' : 'Full'
}

export const jobMedia: GeneratedTable = {
  name: 'JobMedia',
  columns: [
    'JobMediaId',
    'JobId',
    'MediaId',
    'FirstIndex',
    'LastIndex',
    'StartFile',
    'EndFile',
    'StartBlock',
    'EndBlock',
    'VolIndex',
  ],
  *rows(model) {
    let id = 0
    for (const { job: each, rows } of spread(model, 'parts', model.options.size.jobMedia)) {
      const its = model.pools[each.poolId - 1]
      if (!its || rows === 0) continue
      const first = model.volumeAt(its, each.start)
      for (let part = 0; part < rows; part += 1) {
        id += 1
        const number = Math.min(its.volumes - 1, first + Math.floor(part / 12))
        const from = (part % 12) * 1e9 * 4
        const to = from + 1e9 - 1
        const [begins, ends] = [Math.floor((part / rows) * each.files), Math.floor(((part + 1) / rows) * each.files)]
        yield [
          ...[id, each.jobId, its.firstMedia + number, begins + 1, Math.max(begins + 1, ends)],
          ...[Math.floor(from / 2 ** 32), Math.floor(to / 2 ** 32), from % 2 ** 32, to % 2 ** 32, (part % 12) + 1],
        ]
      }
    }
  },
}
