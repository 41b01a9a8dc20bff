import { Bar } from '@/components/base/bar'
import { formatFigure } from '@/components/base/figure'
import { KeyValue } from '@/components/show/facts-line'
import type { OwnFacts, ReadValue } from '@/lib/inventory/stored-facts'
import { MemorySize } from './size-figure'

type Memory = ReadValue<OwnFacts['memory']>
type Pressure = NonNullable<NonNullable<Memory['pressure']>['cpu']>

/** Memory and swap in use, and how long work waited for processor, memory and disk (PSI, some/avg60). */
export function MemoryFigures({ memory }: { memory: Memory }) {
  const used = memory.totalBytes - memory.availableBytes
  const swapUsed = memory.swapTotalBytes - memory.swapFreeBytes
  return (
    <KeyValue
      facts={[
        {
          label: 'In use',
          value: (
            <>
              <Bar used={used} of={memory.totalBytes} tone={used / memory.totalBytes > 0.95 ? 'warn' : 'plain'} />{' '}
              <MemorySize bytes={used} />
            </>
          ),
          note: (
            <>
              of <MemorySize bytes={memory.totalBytes} />
            </>
          ),
        },
        {
          label: 'Swap',
          value:
            memory.swapTotalBytes === 0 ? (
              <span className="text-text-2">none</span>
            ) : (
              <>
                <Bar used={swapUsed} of={memory.swapTotalBytes} /> <MemorySize bytes={swapUsed} />
              </>
            ),
          note:
            memory.swapTotalBytes === 0 ? null : (
              <>
                of <MemorySize bytes={memory.swapTotalBytes} />
              </>
            ),
        },
        {
          label: 'Waiting',
          value: <PressureLine memory={memory} />,
          note: memory.pressure ? 'of the last minute' : null,
        },
      ]}
    />
  )
}

function PressureLine({ memory: { pressure } }: { memory: Memory }) {
  if (!pressure) return <span className="text-text-3">this kernel does not tell</span>
  const told: [string, Pressure | null][] = [
    ['processor', pressure.cpu],
    ['memory', pressure.memory],
    ['disk', pressure.io],
  ]
  const parts = told.flatMap(([name, one]) => (one ? [`${name} ${formatFigure(one.some.avg60)} %`] : []))
  return parts.join(', ')
}
