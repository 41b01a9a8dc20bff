import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { StatusMark } from '@/components/base/status-mark'
import { Tag } from '@/components/base/tag'
import type { Found } from '@/lib/agent'
import { type OwnFacts, type ReadValue, readValue, type StoredFacts } from '@/lib/inventory/stored-facts'
import { FoundSection } from './found-section'

type Updates = ReadValue<OwnFacts['updates']>

const shown = 8

/** Pending updates, the security ones first, and whether the host waits for a reboot. */
export function UpdatesSection({
  facts,
  updates,
  href,
}: {
  facts: StoredFacts | null
  updates: Found<Updates>
  href?: string
}) {
  return (
    <FoundSection
      title="Updates"
      found={updates}
      note={(value) =>
        `${value.total}, ${value.security === 0 ? 'none for security' : `${value.security} for security`}`
      }
      right={href ? <LinkText href={href}>All</LinkText> : null}
    >
      {(value) => (
        <>
          <RebootLine facts={facts} />
          <PackageLines packages={value.packages} total={value.total} most={href ? shown : undefined} />
        </>
      )}
    </FoundSection>
  )
}

function PackageLines({ packages, total, most }: { packages: Updates['packages']; total: number; most?: number }) {
  if (total === 0)
    return (
      <p className="py-2">
        <StatusMark status="ok">Nothing to update</StatusMark>
      </p>
    )
  const rows = [...packages]
    .sort((one, other) => Number(other.security) - Number(one.security) || one.name.localeCompare(other.name))
    .slice(0, most)
  return (
    <>
      <ul>
        {rows.map((row) => (
          <li key={row.name} className="flex flex-wrap items-baseline gap-2 border-b border-line py-1">
            <span className="font-medium">
              <HostText text={row.name} max={60} />
            </span>
            {row.security ? <Tag kind="warn">security</Tag> : null}
            <span className="ml-auto mono text-text-2">
              {row.from ? <HostText text={row.from} max={40} /> : 'new'} → <HostText text={row.to} max={40} />
            </span>
          </li>
        ))}
      </ul>
      {total > rows.length ? <p className="py-1 text-12 text-text-3">{total - rows.length} more</p> : null}
    </>
  )
}

/** Says why a reboot is due; nothing when none is. */
export function RebootLine({ facts }: { facts: StoredFacts | null }) {
  const reboot = readValue(facts, 'reboot')
  const installed = readValue(facts, 'installedKernel')?.release
  const running = readValue(facts, 'kernel')?.release
  const isContainer = readValue(facts, 'hardware')?.kind === 'container'
  if (installed && running && installed !== running && !isContainer)
    return (
      <p className="py-2">
        <StatusMark status="warn">Reboot due</StatusMark> kernel <HostText text={running} max={60} /> runs,{' '}
        <HostText text={installed} max={60} /> is installed.
      </p>
    )
  if (!reboot?.required) return null
  return (
    <p className="py-2">
      <StatusMark status="warn">Reboot due</StatusMark>{' '}
      {reboot.packages.length > 0 ? (
        <>
          for <HostText text={reboot.packages.join(', ')} max={200} />
        </>
      ) : null}
    </p>
  )
}
