import { type ComparedRow, compareServers } from '@/agents/mysql/look-again/view'
import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { SectionHead } from '@/components/frame/page-head'
import { Note } from '@/components/show/finding'
import type { Ctx } from '@/lib/auth/actor'
import { isAppError } from '@/lib/errors'
import { getHost } from '@/lib/inventory/get-host'
import { listSampledHosts } from '@/lib/tuning/list-samples'
import { type MysqlOfHost, readMysql } from './read-mysql'
import { NotKnown } from './rows-table'

/** Two servers side by side: which other one stands in the address. */
export async function CompareSection({
  ctx,
  of,
  withHost,
  withServer,
}: {
  ctx: Ctx
  of: MysqlOfHost
  withHost: string | null
  withServer: string | null
}) {
  const hosts = await listSampledHosts(ctx, 'mysql')
  const others = hosts.filter(({ id }) => id !== of.host.id)
  if (others.length === 0 && withHost === null) return null
  const own = of.server ? `server=${encodeURIComponent(of.server)}&` : ''
  return (
    <section className="mb-8" aria-labelledby="compare">
      <SectionHead id="compare" title="Side by side" note="each as it was read last" />
      <p className="mb-3 flex flex-wrap gap-x-3">
        With
        {others.map(({ id, name }) => (
          <LinkText
            key={id}
            href={`/hosts/${of.host.id}/mysql?${own}with=${encodeURIComponent(id)}`}
            aria-current={id === withHost ? 'true' : undefined}
          >
            {name}
          </LinkText>
        ))}
      </p>
      {withHost === null ? null : <Compared of={of} other={await otherOf(ctx, withHost, withServer)} />}
    </section>
  )
}

async function otherOf(ctx: Ctx, hostId: string, server: string | null): Promise<MysqlOfHost | null> {
  try {
    return await readMysql(ctx, await getHost(ctx, hostId), server)
  } catch (error) {
    if (isAppError(error) && error.code === 'not-found') return null
    throw error
  }
}

function Compared({ of, other }: { of: MysqlOfHost; other: MysqlOfHost | null }) {
  const sides = [of, other].flatMap((side) =>
    side?.read && side.server ? [{ ...side.read, server: side.server, aim: side.aim }] : [],
  )
  const [one, two] = sides
  if (!one || !two)
    return (
      <Note status="unknown" title="They cannot be compared">
        {other ? 'Of one of them no server was read yet.' : 'There is no such host.'}
      </Note>
    )
  const { about, values, counters } = compareServers([one, two])
  const names = [of.host.name, other?.host.name ?? ''] as const
  return (
    <>
      <CompareTable title="Server and machine" names={names} rows={about} />
      <CompareTable title="Values" names={names} rows={values} />
      <CompareTable title="Counted, since the start of each" names={names} rows={counters} />
    </>
  )
}

function CompareTable({
  title,
  names,
  rows,
}: {
  title: string
  names: readonly [string, string]
  rows: readonly ComparedRow[]
}) {
  return (
    <div className="table-wrap mb-4">
      <table className="data-table blocks" aria-label={`${title}, side by side`}>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col">{names[0]}</th>
            <th scope="col">{names[1]}</th>
            <th scope="col">Differs</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, values: [one, two], isDifferent }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td data-label={`${names[0]}:`}>{one === null ? <NotKnown /> : <HostText text={one} max={200} />}</td>
              <td data-label={`${names[1]}:`}>{two === null ? <NotKnown /> : <HostText text={two} max={200} />}</td>
              <td>{isDifferent ? <b>differs</b> : null}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
