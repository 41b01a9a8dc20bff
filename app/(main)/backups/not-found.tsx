import { ButtonLink } from '@/components/base/button'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'

/** No catalog of that name: removed meanwhile, or a wrong address. */
export default function NoSuchCatalog() {
  return (
    <>
      <PageHead title="There is no such catalog">It was removed from Pollux, or the address is not complete.</PageHead>
      <div className="mt-4 flex gap-3">
        <ButtonLink href="/backups?all=1">All catalogs</ButtonLink>
      </div>
      <KeysBar keys={[{ keys: ['G', 'B'], does: 'backups' }]} />
    </>
  )
}
