import { type InstallDesired, mysqlDesired, mysqlFacts } from '@/agents/mysql'
import {
  type InstallChoices,
  installChoices,
  previewTuning,
  type ServerView,
  serverViews,
  suggestedAim,
} from '@/agents/mysql/view'
import { ButtonLink } from '@/components/base/button'
import { EmptyState } from '@/components/show/empty-state'
import { Note } from '@/components/show/finding'
import type { Params } from '@/components/table/sort'
import type { Ctx } from '@/lib/auth/actor'
import { readAgentFacts } from '@/lib/changes/read-agent-facts'
import { findDraft } from '@/lib/drafts/draft'
import { AccountStep, accountAddress } from './account-step'
import { ConvertStep, convertAddress } from './convert-step'
import { InstallForm } from './install-form'
import { ServerFacts } from './server-facts'
import { TuningForm } from './tuning-form'

/** Reads the host now, and offers values for one of its servers. */
export async function SettingsStep({
  ctx,
  hosts,
  params,
}: {
  ctx: Ctx
  hosts: readonly { id: string; name: string }[]
  params: Params
}) {
  const [host] = hosts
  if (!host) return null
  const [[reading], draft] = await Promise.all([readAgentFacts(ctx, 'mysql', [host.id]), findDraft(ctx, 'mysql')])
  const facts = mysqlFacts.safeParse(reading?.facts)
  if (!facts.success)
    return (
      <Note status="unknown" title={`${host.name} was not read`}>
        {reading?.problem ?? 'What it answered could not be understood.'}
      </Note>
    )
  const servers = serverViews({ hostId: host.id, name: host.name, facts: facts.data })
  const server = servers.find(({ key }) => key === params['server']) ?? servers.find(({ whyNot }) => whyNot === null)
  const isAccount = params['work'] === 'account'
  const kept = mysqlDesired.safeParse(draft?.data)
  const convert = kept.success && kept.data.kind === 'convert' && kept.data.server === server?.key ? kept.data : null
  const account = kept.success && kept.data.kind === 'account' && kept.data.server === server?.key ? kept.data : null
  const tune = kept.success && kept.data.kind === 'tune' && kept.data.server === server?.key ? kept.data : null
  return (
    <>
      {servers.length === 0 ? (
        <NoServer
          host={host}
          choices={installChoices({ name: host.name, facts: facts.data })}
          kept={kept.success && kept.data.kind === 'install' ? kept.data : null}
        />
      ) : null}
      {!isAccount && (servers.length > 1 || servers.some(({ whyNot }) => whyNot !== null)) ? (
        <Servers servers={servers} hostId={host.id} chosen={server?.key ?? null} />
      ) : null}
      {server && isAccount ? (
        <AccountStep
          host={host}
          facts={facts.data}
          server={server}
          kept={account && { may: account.may, name: account.admin?.name ?? 'root' }}
        />
      ) : server && params['work'] === 'convert' && server.whyNot === null ? (
        <ConvertStep ctx={ctx} host={host} facts={facts.data} server={server} kept={convert?.tables ?? []} />
      ) : server?.situation ? (
        <>
          <ServerFacts server={server} situation={server.situation} />
          {server.isAskedByAccount ? (
            <p className="mb-6">
              <ButtonLink href={accountAddress(host.id, server.key)}>Change the account</ButtonLink>{' '}
              <span className="text-text-2">Pollux asks this server by an account of its own.</span>
            </p>
          ) : null}
          <MyisamLink hostId={host.id} server={server} />
          <TuningForm
            key={server.key}
            host={host}
            server={server}
            situation={server.situation}
            aim={tune?.aim ?? suggestedAim(server.situation, server.schemas)}
            first={previewTuning(server.situation, tune?.aim ?? suggestedAim(server.situation, server.schemas), {})}
          />
        </>
      ) : null}
    </>
  )
}

function MyisamLink({ hostId, server }: { hostId: string; server: ServerView }) {
  const { key, myisamTables, closedTables } = server
  if (myisamTables + closedTables === 0) return null
  return (
    <p className="mb-6">
      <ButtonLink href={convertAddress(hostId, key)}>Convert MyISAM tables</ButtonLink>{' '}
      <span className="text-text-2">
        {myisamTables > 0
          ? `${myisamTables} ${myisamTables === 1 ? 'table is' : 'tables are'} of MyISAM: a crash can cost rows of it, and every writer locks a whole table. `
          : null}
        {closedTables > 0 ? `${closedTables} cannot be opened: what to do is said there.` : null}
      </span>
    </p>
  )
}

function NoServer({
  host,
  choices,
  kept,
}: {
  host: { id: string; name: string }
  choices: InstallChoices
  kept: InstallDesired | null
}) {
  const first = kept ?? { dataDir: choices.suggestedDataDir, tmpdir: null, network: 'local' as const }
  return (
    <>
      <EmptyState title={`No MySQL or MariaDB runs on ${host.name}`}>
        {choices.whyNot ?? 'One can be installed from its own packages.'}
      </EmptyState>
      {choices.script ? (
        <details className="mt-4">
          <summary className="text-text-2">What it would take, as a script to read</summary>
          <pre className="mono mt-2 overflow-x-auto">{choices.script}</pre>
        </details>
      ) : null}
      {choices.whyNot === null ? <InstallForm host={host} choices={choices} first={first} /> : null}
    </>
  )
}

function Servers({
  servers,
  hostId,
  chosen,
}: {
  servers: readonly ServerView[]
  hostId: string
  chosen: string | null
}) {
  return (
    <section className="mb-6" aria-label="Servers">
      {servers.map(({ key, label, whyNot, isRefused }) => (
        <div className="mb-3" key={key}>
          {whyNot ? (
            <Note status="warn" title={`${label} in ${key}`}>
              {whyNot}
              {isRefused ? (
                <p className="mt-2">
                  <ButtonLink sm href={accountAddress(hostId, key)}>
                    Make an account for Pollux
                  </ButtonLink>
                </p>
              ) : null}
            </Note>
          ) : (
            <ButtonLink
              href={`/wizards/mysql?hosts=${encodeURIComponent(hostId)}&server=${encodeURIComponent(key)}`}
              kind={key === chosen ? 'primary' : undefined}
            >
              {label} in {key}
            </ButtonLink>
          )}
        </div>
      ))}
    </section>
  )
}
