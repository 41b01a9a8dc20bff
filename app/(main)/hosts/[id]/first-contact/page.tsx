import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { withPort } from '@/lib/inventory/host-address'
import { adminHostOf } from '../host-of'
import { FirstContact } from './first-contact'

export const metadata = { title: 'First contact' }

/** Between adding a host and reading it: its key is compared, the login's key installed, the connection tried. */
export default async function FirstContactPage({ params }: { params: Promise<{ id: string }> }) {
  const { host } = await adminHostOf((await params).id)
  const { id, name, version, keyState, credential, reach } = host
  const keys = host.keys
    .filter((key) => key.state !== 'retired')
    .map(({ algorithm, fingerprint }) => ({ algorithm, fingerprint }))
  return (
    <>
      <PageHead
        crumbs={[{ label: 'Hosts', href: '/hosts' }, { label: name, href: `/hosts/${id}` }, { label: 'First contact' }]}
        title={keyState === 'none' ? `Is this ${name}?` : `${name} is known`}
      >
        {host.port === 22 ? host.address : withPort(host.address, host.port)}
        {host.jumpHost ? `, through ${host.jumpHost.name}` : ''}.{' '}
        {keyState === 'none'
          ? 'Compare its key once; from then on Pollux refuses any other.'
          : 'Its key was confirmed.'}
      </PageHead>
      <FirstContact
        // With another profile the keys are looked at anew, and what was said of the last look is gone.
        key={host.sshProfile}
        host={{ id, name, version, credential, login: host.login }}
        keyState={keyState}
        keys={keys}
        isLegacyOnly={reach === 'legacy-only'}
      />
      <KeysBar keys={[]} />
    </>
  )
}
