import { postfixFacts } from '@/agents/postfix'
import { problemOfPlainAddress } from '@/agents/postfix/typed'
import { hostView } from '@/agents/postfix/view'
import { EmptyState } from '@/components/show/empty-state'
import { Note } from '@/components/show/finding'
import type { Ctx } from '@/lib/auth/actor'
import { lookBeforeMail } from '@/lib/changes/look-before-mail'
import { readAgentFacts } from '@/lib/changes/read-agent-facts'
import { findDraft } from '@/lib/drafts/draft'
import { firstWish, isDraftOf, wishOf } from './first-wish'
import { NowSection } from './now-section'
import { PlanInstallation } from './plan-installation'
import { SettingsForm } from './settings-form'
import type { MailHostView, Wish } from './wish'
import { wishDraft } from './wish-draft'

/** Reads the host now, shows what its Postfix does, and asks what it shall do. */
export async function SettingsStep({ ctx, host }: { ctx: Ctx; host: { id: string; name: string } | undefined }) {
  if (!host) return null
  const [[reading], draft] = await Promise.all([readAgentFacts(ctx, 'postfix', [host.id]), findDraft(ctx, 'postfix')])
  const facts = postfixFacts.safeParse(reading?.facts)
  if (!facts.success) {
    return (
      <Note status="unknown" title={`${host.name} was not read`}>
        {reading?.problem ?? 'It gave no answer.'}
      </Note>
    )
  }
  const view: MailHostView = {
    ...hostView(facts.data, host.id, host.name),
    hostId: host.id,
    name: host.name,
    names: {},
  }
  if (view.whyNot !== null) return <NoPostfix view={view} />
  if (view.instances.every(({ whyNot }) => whyNot !== null)) return <NowSection host={view} />
  const kept = wishDraft.safeParse(draft?.data)
  return <WithLooks ctx={ctx} view={view} kept={kept.success ? kept.data : null} />
}

/** A host without Postfix: why nothing can be changed, or its installation where that can be planned. */
function NoPostfix({ view }: { view: MailHostView }) {
  if (!view.canInstall)
    return (
      <Note status="warn" title="Nothing can be changed here">
        {view.whyNot}
      </Note>
    )
  return (
    <EmptyState title={`${view.name} has no Postfix`} actions={<PlanInstallation hostId={view.hostId} />}>
      Pollux installs it from the packages of the host, as a change of its own. Which address it uses is the next one.
    </EmptyState>
  )
}

/** The form, once it is known what the addresses are called and whether a probe can come to Pollux. */
async function WithLooks({ ctx, view, kept }: { ctx: Ctx; view: MailHostView; kept: Wish | null }) {
  const looks = await lookBeforeMail(ctx, {
    hostId: view.hostId,
    addresses: view.addresses.map((address) => address.host),
    dnsServer: kept && problemOfPlainAddress(kept.dnsServer) === null ? kept.dnsServer.trim() : null,
  })
  const canProbe = looks.whyNotHere === null
  return (
    <>
      <NowSection host={view} />
      <SettingsForm
        host={{ ...view, names: looks.names }}
        first={firstWish(view, kept, canProbe)}
        isDraft={isDraftOf(view, kept)}
        now={Object.fromEntries(view.instances.map((each) => [each.name, wishOf(view, each, canProbe)]))}
        whyNoNames={looks.whyNoNames}
        whyNotHere={looks.whyNotHere}
      />
    </>
  )
}
