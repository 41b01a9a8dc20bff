import { postfixFacts } from '@/agents/postfix'
import { hostView } from '@/agents/postfix/view'
import { Note } from '@/components/show/finding'
import type { Ctx } from '@/lib/auth/actor'
import { lookBeforeMail } from '@/lib/changes/look-before-mail'
import { readAgentFacts } from '@/lib/changes/read-agent-facts'
import { findDraft } from '@/lib/drafts/draft'
import { InstallOffer } from './install-offer'
import { NowSection } from './now-section'
import type { Suggestion } from './parts'
import { SettingsForm } from './settings-form'
import type { MailHostView } from './wish'
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
  const view: MailHostView = { hostId: host.id, name: host.name, ...hostView(facts.data, host.id, host.name) }
  const usable = view.instances.filter(({ whyNot }) => whyNot === null)
  if (view.whyNot !== null) return <InstallOffer host={view} />
  if (usable.length === 0) {
    return (
      <>
        <NowSection host={view} />
        <Note status="warn" title="Nothing can be changed here now">
          {view.instances[0]?.whyNot}
        </Note>
      </>
    )
  }
  const looks = await lookBeforeMail(
    ctx,
    host.id,
    view.addresses.map((address) => address.host),
  )
  const kept = wishDraft.safeParse(draft?.data)
  const suggested: Suggestion[] = looks.names.map(({ address, name }) => ({ name, from: `name of ${address}` }))
  const own = usable[0]?.myhostname
  return (
    <>
      <NowSection host={view} />
      <SettingsForm
        host={{ ...view, instances: usable }}
        kept={kept.success ? kept.data : null}
        suggested={own ? [...suggested, { name: own, from: "the server's own" }] : suggested}
        whyNotHere={looks.whyNotHere}
      />
    </>
  )
}
