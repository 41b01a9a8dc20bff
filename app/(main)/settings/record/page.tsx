import { LinkText } from '@/components/base/link-text'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead, SectionHead } from '@/components/frame/page-head'
import { pageCtx } from '@/lib/action'
import { getAuditRetention } from '@/lib/audit/retention'
import { RetentionForm } from './retention-form'

export const metadata = { title: 'Record' }

/** How long rows of the record of deeds are kept, and how to see that none was changed. */
export default async function RecordPage() {
  const ctx = await pageCtx('edit settings')
  const { days } = await getAuditRetention(ctx)
  return (
    <>
      <PageHead crumbs={[{ label: 'Settings', href: '/settings' }, { label: 'Record' }]} title="Record">
        {days === null ? 'Every row of the record is kept.' : `Rows of the record are kept for ${days} days.`} They are
        on the <LinkText href="/activity">Activity page</LinkText>.
      </PageHead>
      <div className="grid gap-8 l:grid-cols-2">
        <section>
          <SectionHead title="How long rows are kept" ruled />
          <RetentionForm days={days} />
        </section>
        <section>
          <SectionHead title="Whether it stands as it was written" ruled />
          <p>
            Each row is chained to the one before, and the store refuses to change or remove any. On the machine that
            runs Pollux, <code>npm run audit-verify</code> walks the chain. With a log it also sees whether rows at the
            end are gone: <code>npm run audit-verify -- --log FILE</code>. Pollux writes the chain’s head into its log
            at every start and every night.
          </p>
        </section>
      </div>
      <KeysBar keys={[]} />
    </>
  )
}
