import type { TableExport } from '../export/table-export'
import { listPools, type Pool } from './list-pools'

export const poolsExport: TableExport<Pool> = {
  name: 'pools',
  columns: [
    { key: 'poolId', title: 'Pool id', value: ({ poolId }) => poolId },
    { key: 'name', title: 'Pool', value: ({ name }) => name },
    { key: 'volumes', title: 'Volumes', value: ({ use }) => use.volumes },
    { key: 'maxVolumes', title: 'Most volumes', value: ({ maxVols }) => maxVols },
    {
      key: 'bytes',
      title: 'Bytes',
      value: ({ use, unsized }) => (unsized > 0 && unsized === use.volumes ? null : use.bytes),
    },
    { key: 'unsizedVolumes', title: 'Volumes of unknown size', value: ({ unsized }) => unsized },
    { key: 'capacityBytes', title: 'Capacity in bytes', value: ({ capacity }) => capacity.bytes },
    { key: 'retentionSeconds', title: 'Retention in seconds', value: ({ retention }) => retention },
    { key: 'recycle', title: 'Recycle', value: ({ recycle }) => (recycle ? 'yes' : 'no') },
    { key: 'autoPrune', title: 'Prunes itself', value: ({ autoPrune }) => (autoPrune ? 'yes' : 'no') },
    {
      key: 'restorableSince',
      title: 'Restorable since',
      value: ({ oldest }) => (oldest === null ? null : new Date(oldest).toISOString()),
    },
    { key: 'nextVolumeBack', title: 'Next volume back', value: ({ nextBack }) => nextBack?.name ?? null },
    { key: 'prunableVolumes', title: 'Prunable volumes', value: ({ prunable }) => prunable.volumes },
    { key: 'prunableBytes', title: 'Prunable bytes', value: ({ prunable }) => prunable.bytes },
    { key: 'freeBytes', title: 'Bytes to write over', value: ({ use }) => use.reclaimable.bytes },
    { key: 'inError', title: 'Volumes in error', value: ({ use }) => use.inError },
  ],
  async *rows(catalog) {
    yield await listPools(catalog)
  },
}
