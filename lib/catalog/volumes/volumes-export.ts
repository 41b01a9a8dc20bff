import type { TableExport } from '../export/table-export'
import { readVolumeFilter, volumePart } from './list-volumes'
import type { JudgedVolumeRow } from './volume-row'

const rowsAtOnce = 1000

export const volumesExport: TableExport<JudgedVolumeRow> = {
  name: 'volumes',
  columns: [
    { key: 'mediaId', title: 'Media id', value: ({ mediaId }) => mediaId },
    { key: 'name', title: 'Volume', value: ({ name }) => name },
    { key: 'pool', title: 'Pool', value: ({ pool }) => pool },
    { key: 'mediaType', title: 'Media type', value: ({ mediaType }) => mediaType },
    { key: 'status', title: 'Status', value: ({ volStatus }) => volStatus },
    { key: 'enabled', title: 'Enabled', value: ({ enabled }) => enabled },
    { key: 'recycle', title: 'Recycle', value: ({ recycle }) => (recycle ? 'yes' : 'no') },
    { key: 'bytes', title: 'Bytes', value: ({ bytes }) => bytes },
    { key: 'retentionSeconds', title: 'Retention in seconds', value: ({ retention }) => retention },
    { key: 'firstWritten', title: 'First written', value: ({ firstWritten }) => firstWritten },
    { key: 'lastWritten', title: 'Last written', value: ({ lastWritten }) => lastWritten },
    { key: 'prunable', title: 'Prunable', value: ({ verdict }) => verdict.state },
    { key: 'prunableFrom', title: 'Prunable from', value: ({ verdict }) => verdict.at?.toISOString() ?? null },
    { key: 'givesSpaceBack', title: 'Gives space back', value: ({ verdict }) => (verdict.comesBack ? 'yes' : 'no') },
    { key: 'because', title: 'Because', value: ({ verdict }) => verdict.because },
    { key: 'jobs', title: 'Jobs', value: ({ jobs }) => jobs },
    { key: 'mounts', title: 'Mounts', value: ({ mounts }) => mounts },
    { key: 'writes', title: 'Writes', value: ({ writes }) => writes },
    { key: 'errors', title: 'Errors', value: ({ errors }) => errors },
    { key: 'storage', title: 'Storage', value: ({ storage }) => storage },
  ],
  /** By the id of the last row, so that a part costs the same wherever it begins. */
  async *rows(catalog, params) {
    const filter = readVolumeFilter(Object.fromEntries(params))
    for (let after = 0; ; ) {
      const part = await volumePart(catalog, { filter, after, limit: rowsAtOnce })
      if (part.length > 0) yield part
      if (part.length < rowsAtOnce) return
      after = part.at(-1)?.mediaId ?? after
    }
  },
}
