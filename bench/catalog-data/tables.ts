import { file16, file1026, filename, path } from './file-tables'
import { type GeneratedTable, hourS } from './table'
import { digestOf, seriesName, timeText } from './texts'
import { jobMedia, media, pool } from './volume-tables'

/** All tables that a catalog of this shape gets rows in, small ones first. */
export function tablesOf(shape: 16 | 1026): GeneratedTable[] {
  const files = shape === 16 ? [filename, path, file16] : [path, file1026]
  return [version, status, storage, mediaType, client, fileSet, pool, media, job, jobMedia, log, ...files]
}

const version: GeneratedTable = {
  name: 'Version',
  columns: ['VersionId'],
  rows: ({ options }) => [[options.shape]],
}

const status: GeneratedTable = {
  name: 'Status',
  columns: ['JobStatus', 'JobStatusLong', 'Severity'],
  rows: () => [
    ['T', 'Completed successfully', 10],
    ['W', 'Terminated normally with warnings', 25],
    ['E', 'Terminated with errors', 25],
    ['f', 'Fatal error', 100],
    ['A', 'Canceled by user', 90],
    ['R', 'Running', 15],
  ],
}

const storage: GeneratedTable = {
  name: 'Storage',
  columns: ['StorageId', 'Name', 'AutoChanger'],
  rows: () => [[1, 'File', 0]],
}

const mediaType: GeneratedTable = {
  name: 'MediaType',
  columns: ['MediaTypeId', 'MediaType', 'ReadOnly'],
  rows: () => [[1, 'File', 0]],
}

const client: GeneratedTable = {
  name: 'Client',
  columns: ['ClientId', 'Name', 'Uname', 'AutoPrune', 'FileRetention', 'JobRetention'],
  *rows({ options }) {
    const [files, jobs] = [60 * 24 * hourS, 450 * 24 * hourS]
    for (let id = 1; id <= options.size.clients; id += 1)
      yield [id, `client-${id}-fd`, '9.6.7 (10Dec20) x86_64-pc-linux-gnu', 1, files, jobs]
  },
}

const fileSet: GeneratedTable = {
  name: 'FileSet',
  columns: ['FileSetId', 'FileSet', 'MD5', 'CreateTime'],
  *rows({ series, begin }) {
    for (let id = 1; id <= series; id += 1)
      yield [id, `${seriesName(id - 1)} files`, digestOf(id).slice(0, 22), timeText(begin)]
  },
}

const job: GeneratedTable = {
  name: 'Job',
  columns: [
    ...[
      'JobId',
      'Job',
      'Name',
      'Type',
      'Level',
      'ClientId',
      'JobStatus',
      'SchedTime',
      'StartTime',
      'EndTime',
      'RealEndTime',
      'JobTDate',
    ],
    ...[
      'VolSessionId',
      'VolSessionTime',
      'JobFiles',
      'JobBytes',
      'ReadBytes',
      'JobErrors',
      'PoolId',
      'FileSetId',
      'PurgedFiles',
    ],
  ],
  *rows(model) {
    for (let id = 1; id <= model.options.size.jobs; id += 1) {
      const each = model.job(id)
      const name = seriesName(each.series)
      const end = each.end === null ? null : timeText(each.end)
      yield [
        ...[
          id,
          `${name}.${timeText(each.due).replace(' ', '_').replaceAll(':', '.')}_${id % 60}`,
          name,
          'B',
          each.level,
          each.clientId,
        ],
        ...[each.status, timeText(each.due), timeText(each.start), end, end, each.end ?? each.start],
        ...[id, model.begin, each.files, each.bytes, each.readBytes, each.errors, each.poolId, each.fileSetId, 0],
      ]
    }
  },
}

const log: GeneratedTable = {
  name: 'Log',
  columns: ['LogId', 'JobId', 'Time', 'LogText'],
  *rows(model) {
    const { jobs, logLines } = model.options.size
    for (let id = 1; id <= logLines; id += 1) {
      const each = model.job(Math.floor(((id - 1) / logLines) * jobs) + 1)
      const what =
        each.status === 'f'
          ? 'Fatal error: no connection to the client'
          : `line ${id % 8} of what the daemons report about ${seriesName(each.series)}`
      yield [id, each.jobId, timeText(each.start + (id % 8)), `director JobId ${each.jobId}: ${what}.`]
    }
  },
}
