import { wizards } from '@/agents/registry'
import { ButtonLink } from '@/components/base/button'
import { LinkText } from '@/components/base/link-text'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import type { Params } from '@/components/table/sort'
import { pageCtx } from '@/lib/action'

export const metadata = { title: 'Wizards' }

export default async function WizardsPage({ searchParams }: { searchParams: Promise<Params> }) {
  await pageCtx('plan a change')
  const chosen = chosenHosts(await searchParams)
  return (
    <>
      <PageHead crumbs={[{ label: 'Wizards' }]} title="Wizards">
        Each reads the hosts, says what would change, and touches nothing before it is approved.
      </PageHead>
      <ul>
        {wizards.map((agent) => (
          <li key={agent.id} className="flex items-center gap-4 py-3 border-b border-line">
            <div className="min-w-0 flex-1">
              <h2>
                <LinkText href={`/wizards/${agent.id}${chosen}`}>{agent.title}</LinkText>
              </h2>
              <p className="text-text-2">{agent.about}</p>
            </div>
            <ButtonLink href={`/wizards/${agent.id}${chosen}`} aria-label={`Open ${agent.title}`}>
              Open
            </ButtonLink>
          </li>
        ))}
      </ul>
      <KeysBar keys={[{ keys: ['G', 'C'], does: 'changes' }]} />
    </>
  )
}

/** Hosts that were chosen in the list go along into the wizard. */
function chosenHosts({ host }: Params): string {
  const ids = host === undefined ? [] : typeof host === 'string' ? [host] : host
  return ids.length === 0 ? '' : `?${ids.map((id) => `hosts=${encodeURIComponent(id)}`).join('&')}`
}
