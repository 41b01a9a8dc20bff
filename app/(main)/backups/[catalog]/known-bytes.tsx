import { Bytes } from './bytes'

/** A sum of bytes over volumes; what the catalog tells no size of is said, and never counts as zero. */
export function KnownBytes({ bytes, volumes, unsized }: { bytes: number | null; volumes: number; unsized: number }) {
  if (unsized === 0) return <Bytes bytes={bytes} />
  if (unsized === volumes) return <Bytes bytes={null} />
  return (
    <>
      <Bytes bytes={bytes} />{' '}
      <span className="text-text-3" title="The catalog has no size of these volumes, or an impossible one.">
        and {unsized.toLocaleString('en')} of unknown size
      </span>
    </>
  )
}
