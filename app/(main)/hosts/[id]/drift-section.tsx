import { HostText } from '@/components/base/host-text'
import { LinkText } from '@/components/base/link-text'
import { Mark } from '@/components/base/status-mark'
import { SectionHead } from '@/components/frame/page-head'
import type { Ctx } from '@/lib/auth/actor'
import { can } from '@/lib/auth/rights'
import type { DriftItem } from '@/lib/changes/list-drift'
import { Reapply, TakeAsItIs } from './drift-buttons'

/** Where the host no longer is as changes left it, and the two ways out of it for each; nothing at all when it is. */
export function DriftSection({ ctx, items, isYours }: { ctx: Ctx; items: readonly DriftItem[]; isYours: boolean }) {
  if (items.length === 0) return null
  return (
    <section className="mb-6">
      <SectionHead title="No longer as it was left" note={items.length} ruled />
      {groupsOf(items).map((group) => (
        <Group key={keyOf(group.first)} ctx={ctx} isYours={isYours} {...group} />
      ))}
    </section>
  )
}

interface OneChange {
  first: DriftItem
  items: readonly DriftItem[]
}

/** One group for each agent's part of a change: several of one agent stand where they are about different things. */
function groupsOf(items: readonly DriftItem[]): OneChange[] {
  return [...new Set(items.map(keyOf))].flatMap((key) => {
    const own = items.filter((item) => keyOf(item) === key)
    return own[0] ? [{ first: own[0], items: own }] : []
  })
}

function keyOf({ changeId, agentId }: DriftItem): string {
  return `${changeId} ${agentId}`
}

function Group({ ctx, isYours, first, items }: OneChange & { ctx: Ctx; isYours: boolean }) {
  const { changeId, hostId, hostName, agentId, agentTitle, wizardId } = first
  const seen = items.map((item) => ({ what: item.what, seen: item.seen }))
  const mayPlan = isYours && can(ctx.actor, 'plan a change')
  const mayTake = isYours && can(ctx.actor, 'apply a change')
  return (
    <section className="border-b border-line py-3" aria-label={`${agentTitle}, change #${changeId}`}>
      <h3>
        {agentTitle}, <LinkText href={`/changes/${changeId}`}>change #{changeId}</LinkText>
      </h3>
      <ul className="mt-1 grid gap-2">
        {items.map((item) => (
          <Item key={`${item.what} ${item.seen}`} item={item} />
        ))}
      </ul>
      {mayPlan || mayTake ? (
        <div className="mt-3 flex flex-wrap gap-2">
          {mayPlan ? <Reapply changeId={changeId} hostId={hostId} wizardId={wizardId} /> : null}
          {mayTake ? (
            <TakeAsItIs input={{ hostId, agentId, changeId, items: seen }} hostName={hostName}>
              <p>What differs from change #{changeId} is no longer shown:</p>
              <ul className="my-2 grid gap-2">
                {seen.map((item) => (
                  <li key={`${item.what} ${item.seen}`} className="wrap-anywhere">
                    <HostText text={item.what} max={200} /> reads
                    <div className="mono whitespace-pre-wrap">
                      <HostText text={item.seen} max={400} keep="lines" />
                    </div>
                  </li>
                ))}
              </ul>
              <p>Nothing on {hostName} is touched. What reads otherwise later is shown again.</p>
            </TakeAsItIs>
          ) : null}
        </div>
      ) : null}
    </section>
  )
}

function Item({ item }: { item: DriftItem }) {
  return (
    <li className="flex items-start gap-3">
      <Mark status="warn" className="mt-1" />
      <div className="min-w-0 flex-1">
        <div className="wrap-anywhere">
          <HostText text={item.what} max={200} />
        </div>
        <dl className="grid grid-cols-[max-content_minmax(0,1fr)] items-baseline gap-x-3">
          <Value term="was set to" text={item.expected} />
          <Value term="reads" text={item.seen} />
        </dl>
      </div>
    </li>
  )
}

/** Set one below the other in one width, so that a person sees where two long lines part. */
function Value({ term, text }: { term: string; text: string }) {
  return (
    <>
      <dt className="text-12 text-text-3">{term}</dt>
      <dd className="mono wrap-anywhere whitespace-pre-wrap">
        <HostText text={text} max={1_000} keep="lines" />
      </dd>
    </>
  )
}
