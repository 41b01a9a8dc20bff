import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead, SectionHead } from '@/components/frame/page-head'
import { pageCtx } from '@/lib/action'
import { listHostChoices } from '@/lib/inventory/list-host-choices'
import { credentialChoices } from '../../credential-choices'
import { NotYours } from '../host-notes'
import { hostOf } from '../host-of'
import { DescriptionForm } from './description-form'
import { IdentityForm } from './identity-form'
import { WindowsSection } from './windows-section'

export const metadata = { title: 'Edit host' }

/** What a host is called is the operator's to edit; where it is and how it is entered the admin's. */
export default async function EditHostPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await pageCtx('edit host notes')
  const { host, mayEdit, notYours } = await hostOf((await params).id)
  const others = (await listHostChoices(ctx)).filter((other) => other.id !== host.id)
  const credentials = mayEdit ? await credentialChoices(ctx) : []
  if (notYours)
    return (
      <>
        <PageHead
          crumbs={[
            { label: 'Hosts', href: '/hosts' },
            { label: host.name, href: `/hosts/${host.id}` },
          ]}
          title={host.name}
        />
        <NotYours>{notYours}</NotYours>
        <KeysBar keys={[]} />
      </>
    )
  return (
    <>
      <PageHead
        crumbs={[
          { label: 'Hosts', href: '/hosts' },
          { label: host.name, href: `/hosts/${host.id}` },
          { label: 'Edit' },
        ]}
        title={`Edit ${host.name}`}
      />
      <SectionHead title="What it is" ruled />
      <DescriptionForm key={`description ${host.version}`} host={host} hosts={others} />
      <section id="windows" className="mt-8">
        <SectionHead title="Maintenance windows" note="a change can be approved for the next one" ruled />
        <WindowsSection key={`windows ${host.version}`} host={host} />
      </section>
      {mayEdit ? (
        <section id="identity" className="mt-8">
          <SectionHead title="Where it is and how Pollux enters it" ruled />
          <p className="mb-4 max-w-text text-text-2">
            Any change here drops the confirmed key: it is compared once more before Pollux logs in again.
          </p>
          <IdentityForm key={`identity ${host.version}`} host={host} hosts={others} credentials={credentials} />
        </section>
      ) : null}
      <KeysBar keys={[]} />
    </>
  )
}
