import type { MysqlFacts } from '@/agents/mysql'
import { type AccountOffer, accountOffer, type RightView } from '@/agents/mysql/view'
import { SectionHead } from '@/components/frame/page-head'
import { Note } from '@/components/show/finding'
import { AccountForm } from './account-form'

/** Pollux's own account of one server: what it would be allowed, and who makes it. */
export function AccountStep({
  host,
  facts,
  server,
  kept,
}: {
  host: { id: string; name: string }
  facts: MysqlFacts
  server: { key: string; label: string }
  kept: { may: 'read' | 'tune' | 'nothing'; name: string } | null
}) {
  const offer = accountOffer({ hostId: host.id, name: host.name, facts }, server.key)
  return (
    <section aria-label="Account for Pollux">
      <SectionHead title="Account for Pollux" note={`${server.label} in ${server.key}`} />
      {offer.whyNot ? (
        <Note status="bad" title="No account can be made here">
          {offer.whyNot}
        </Note>
      ) : (
        <>
          <p className="mb-4 text-text-2">{introduction(host.name, offer)}</p>
          <Rights offer={offer} />
          <AccountForm host={host} server={server.key} now={offer.now} first={kept} />
        </>
      )}
    </section>
  )
}

/** Where the account of a server is offered. */
export function accountAddress(hostId: string, key: string): string {
  return `/wizards/mysql?hosts=${encodeURIComponent(hostId)}&server=${encodeURIComponent(key)}&work=account`
}

function introduction(name: string, { askedAs, isAskedByAccount, path }: AccountOffer): string {
  const now = isAskedByAccount
    ? `Pollux asks this server as ${askedAs}, by its own account.`
    : askedAs
      ? `This server lets root of ${name} in without a password, so Pollux needs no account now.`
      : `This server lets root of ${name} in only with a password.`
  return `${now} The account is for the socket alone; its password is drawn on the host and stays there, in ${path}, which root alone may read.`
}

function Rights({ offer: { reads, tunes } }: { offer: AccountOffer }) {
  const rows: (RightView & { choice: string })[] = [
    ...reads.map((row) => ({ ...row, choice: 'both' })),
    ...tunes.map((row) => ({ ...row, choice: 'reads and tunes' })),
  ]
  return (
    <div className="table-wrap mb-6">
      <table className="data-table blocks" aria-label="Rights of the account">
        <thead>
          <tr>
            <th scope="col">Right</th>
            <th scope="col">What for</th>
            <th scope="col">Given to the one that</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ rights, why, choice }) => (
            <tr key={rights}>
              <th scope="row" className="mono">
                {rights}
              </th>
              <td className="line">{why}</td>
              <td data-label="Given to:">{choice}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
