import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { Wizard } from '@/components/change/wizard-rail'
import { SectionHead } from '@/components/frame/page-head'
import { type Fact, KeyValue } from '@/components/show/facts-line'
import { Note } from '@/components/show/finding'
import type { Ctx } from '@/lib/auth/actor'
import { findAccountChange } from '@/lib/catalog/account/account-change'
import { findDirector } from '@/lib/catalog/find/find-director'
import type { ShownCatalog, ShownDirector } from '@/lib/catalog/find/found-director'
import { isAppError } from '@/lib/errors'
import { ConnectForm } from './connect-form'
import type { HostWay } from './connect-values'
import { railOf } from './rail'

interface Shared {
  hosts: readonly { id: string; name: string }[]
  zones: readonly string[]
  password: string
}

/** Looks at the host, says what was found there, and offers it in the form. */
export async function FoundStep({
  ctx,
  host,
  chosen,
  form,
}: {
  ctx: Ctx
  host: { id: string; name: string }
  chosen: string
  form: Shared
}) {
  const seen = await look(ctx, host.id)
  if ('problem' in seen)
    return (
      <Wizard steps={railOf('found', { way: 'host', where: host.name })}>
        <Note status="bad" title={`${host.name} was not read`}>
          {seen.problem} <LinkText href={`/hosts/${host.id}`}>Its page</LinkText> says more.
        </Note>
      </Wizard>
    )
  const made = await findAccountChange(host.id)
  const found = seen.catalogs.find(({ key }) => key === chosen) ?? seen.catalogs[0] ?? null
  const way: HostWay = { ...host, found, consoleConfig: consoleConfigOf(seen, found) }
  return (
    <ConnectForm key={found?.key} way="host" host={way} made={made} {...form} whereNote={host.name}>
      <section className="mb-8" aria-label={`What was found on ${host.name}`}>
        <SectionHead title="What was found" note={found ? undefined : 'no catalog'} ruled />
        {found ? <KeyValue facts={factsOf(seen, found)} /> : <NothingFound name={host.name} />}
        <div className="mt-4 grid max-w-text gap-3">
          {seen.problems.map((problem) => (
            <Note key={problem} status="unknown" title="Not read">
              <HostText text={problem} max={400} />
            </Note>
          ))}
        </div>
        {seen.catalogs.length > 1 ? <Others host={host.id} seen={seen} found={found} /> : null}
      </section>
    </ConnectForm>
  )
}

function NothingFound({ name }: { name: string }) {
  return (
    <p className="max-w-text">
      No configuration of a director was found on {name}: neither bacula-dir.conf nor bareos-dir.d where they usually
      are, and none that a running director names. What follows can be filled in by hand.
    </p>
  )
}

/** A director may have several catalogs, and a host several directors. */
function Others({ host, seen, found }: { host: string; seen: ShownDirector; found: ShownCatalog | null }) {
  return (
    <p className="mt-3">
      Others that stand there:{' '}
      {seen.catalogs
        .filter(({ key }) => key !== found?.key)
        .map(({ key, name, file }, index) => (
          <span key={key}>
            {index > 0 ? ', ' : ''}
            <LinkText href={`/backups/connect?${new URLSearchParams({ way: 'host', host, found: key })}`}>
              <HostText text={name} max={80} /> of <HostText text={file} max={200} />
            </LinkText>
          </span>
        ))}
    </p>
  )
}

function factsOf(seen: ShownDirector, found: ShownCatalog): Fact[] {
  const kinds = { mysql: 'MySQL or MariaDB', postgresql: 'PostgreSQL', sqlite: 'SQLite' }
  return [
    {
      label: 'Director',
      value: `${found.product === 'bareos' ? 'Bareos' : 'Bacula'}, ${seen.isRunning ? 'running' : 'not running now'}`,
    },
    {
      label: 'Catalog',
      value: <HostText text={found.name} max={80} />,
      note: <HostText text={found.file} max={200} />,
    },
    {
      label: 'Database',
      value: found.dialect ? kinds[found.dialect] : 'not told there',
      note: found.dialectBy === '' ? undefined : `by ${found.dialectBy}`,
    },
    { label: 'Time zone', value: found.zone ?? 'not told there', note: found.zoneBy || undefined },
    {
      label: 'Console',
      value: seen.console ? <HostText text={seen.console} max={200} /> : 'no bconsole there',
    },
  ]
}

/** A console that may do less is the better one; the usual one has every right of the director. */
function consoleConfigOf(seen: ShownDirector, found: ShownCatalog | null): string | null {
  if (seen.console === null || found === null) return null
  const beside = seen.consoleConfigs.filter((path) => path.startsWith(`/etc/${found.product}/`))
  const offered = beside.length > 0 ? beside : seen.consoleConfigs
  return offered.find((path) => !path.endsWith('/bconsole.conf')) ?? offered[0] ?? null
}

async function look(ctx: Ctx, hostId: string): Promise<ShownDirector | { problem: string }> {
  try {
    return await findDirector(ctx, { hostId })
  } catch (error) {
    if (isAppError(error) && error.userMessage) return { problem: error.userMessage }
    throw error
  }
}
