import { agents } from '@/agents/registry'
import { ButtonLink } from '@/components/base/button'
import { LinkText } from '@/components/base/link-text'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { pageCtx } from '@/lib/action'

export const metadata = { title: 'Wizards' }

export default async function WizardsPage() {
  await pageCtx('plan a change')
  return (
    <>
      <PageHead crumbs={[{ label: 'Wizards' }]} title="Wizards">
        Each reads the hosts, says what would change, and touches nothing before it is approved.
      </PageHead>
      <ul>
        {agents.map((agent) => (
          <li key={agent.id} className="flex items-center gap-4 py-3 border-b border-line">
            <div className="min-w-0 flex-1">
              <h2>
                <LinkText href={`/wizards/${agent.id}`}>{agent.title}</LinkText>
              </h2>
              <p className="text-text-2">{agent.about}</p>
            </div>
            <ButtonLink href={`/wizards/${agent.id}`} aria-label={`Open ${agent.title}`}>
              Open
            </ButtonLink>
          </li>
        ))}
      </ul>
      <KeysBar keys={[{ keys: ['G', 'C'], does: 'changes' }]} />
    </>
  )
}
