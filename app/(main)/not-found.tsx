import { ButtonLink } from '@/components/base/button'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'

/** What was asked for by its address is not there: removed meanwhile, or a wrong address. */
export default function NotFound() {
  return (
    <>
      <PageHead title="There is nothing at this address">
        What stood here was removed, or the address is not complete. The record of deeds still names what was removed.
      </PageHead>
      <div className="mt-4 flex gap-3">
        <ButtonLink href="/hosts">Look at the hosts</ButtonLink>
        <ButtonLink href="/changes">Look at the changes</ButtonLink>
      </div>
      <KeysBar
        keys={[
          { keys: ['G', 'O'], does: 'home' },
          { keys: ['G', 'H'], does: 'hosts' },
        ]}
      />
    </>
  )
}
