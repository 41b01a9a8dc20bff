import { Figure } from '@/components/base/figure'
import { diskSize, memorySize } from './sizes'

/** A number of bytes at the scale at which people say it. */
export function DiskSize({ bytes }: { bytes: number }) {
  return <Figure {...diskSize(bytes)} />
}

export function MemorySize({ bytes }: { bytes: number }) {
  return <Figure {...memorySize(bytes)} />
}
