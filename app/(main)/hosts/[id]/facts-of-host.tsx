import type { ReactNode } from 'react'
import { Figure, formatFigure } from '@/components/base/figure'
import { HostText } from '@/components/base/host-text'
import { Tag } from '@/components/base/tag'
import { tellSpan } from '@/components/base/tell-time'
import { FactsLine } from '@/components/show/facts-line'
import type { HostDetail } from '@/lib/inventory/get-host'
import { shortSystem } from '@/lib/inventory/host-figures'
import { readValue } from '@/lib/inventory/stored-facts'

/** The line under the tabs: what the host is, since when it is up, how busy, how far its clock is off. */
export function FactsOfHost({ host: { facts, sshProfile } }: { host: HostDetail }) {
  const os = readValue(facts, 'os')
  const kernel = readValue(facts, 'kernel')
  const uptime = readValue(facts, 'uptime')
  const hardware = readValue(facts, 'hardware')
  const clock = readValue(facts, 'clock')
  const legacy = { label: 'SSH', value: <Tag kind="warn">legacy profile</Tag> }
  const on = [hardware?.kind === 'physical' ? null : hardware?.platform, cpusOf(hardware?.cpus)]
    .filter(Boolean)
    .join(', ')
  return (
    <FactsLine
      facts={[
        {
          label: 'System',
          value: text(os && shortSystem(os)),
          note: os?.codename ? <HostText text={os.codename} max={40} /> : null,
        },
        {
          label: 'Kernel',
          value: text(kernel?.release),
          note: kernel?.machine ? <HostText text={kernel.machine} max={40} /> : null,
        },
        {
          label: 'Runs on',
          value: text(hardware?.product ?? (hardware ? hardware.kind : null)),
          note: on ? <HostText text={on} max={60} /> : null,
        },
        { label: 'Up', value: uptime ? tellSpan(uptime.uptimeS) : notRead },
        {
          label: 'Load',
          value: uptime?.load ? formatFigure(uptime.load[0], 2) : notRead,
          note: loadNote(uptime?.load),
        },
        sshProfile === 'legacy' ? legacy : { label: 'Clock', value: clock ? skewOf(clock) : notRead },
      ]}
    />
  )
}

const notRead = <Figure value={null} />

function text(value: string | null | undefined): ReactNode {
  return value ? <HostText text={value} max={60} /> : notRead
}

function cpusOf(cpus: number | null | undefined): string | null {
  return cpus ? `${cpus} ${cpus === 1 ? 'processor' : 'processors'}` : null
}

function loadNote(load: readonly [number, number, number] | null | undefined): string | null {
  return load ? `${formatFigure(load[1], 2)} ${formatFigure(load[2], 2)}` : null
}

/** Against the dashboard's clock; what lies within the reading's own uncertainty is no skew. */
function skewOf({ skewMs, uncertaintyMs }: { skewMs: number; uncertaintyMs: number }): string {
  if (Math.abs(skewMs) <= Math.max(uncertaintyMs, 500)) return 'in step'
  const size = Math.abs(skewMs)
  const told = size < 120_000 ? `${formatFigure(size / 1000, 1)} s` : tellSpan(size / 1000)
  return `${skewMs > 0 ? '+' : '−'}${told}`
}
