import { agents } from '@/agents/registry'
import { LinkText } from '@/components/base/link-text'
import { SectionHead } from '@/components/frame/page-head'
import type { HostDetail } from '@/lib/inventory/get-host'
import { foundOf } from '@/lib/inventory/stored-facts'

/** Where the host's page leads to what agents look at again; nothing where they read nothing here. */
export function LooksOfHost({ host: { id, facts } }: { host: HostDetail }) {
  const looking = agents.filter(({ lookAgain, probe }) => lookAgain && foundOf(facts, probe.id).state === 'read')
  return looking.map((agent) => (
    <section key={agent.id} className="min-w-0">
      <SectionHead title={agent.title} ruled />
      <p className="py-2">
        <LinkText href={`/hosts/${id}/${agent.id}`}>See what its tuning brought</LinkText>
      </p>
    </section>
  ))
}
