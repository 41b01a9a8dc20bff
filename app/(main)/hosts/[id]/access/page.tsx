import { ButtonLink } from '@/components/base/button'
import { LinkText } from '@/components/base/link-text'
import { Tag } from '@/components/base/tag'
import { SectionHead } from '@/components/frame/page-head'
import { KeyValue } from '@/components/show/facts-line'
import type { HostDetail } from '@/lib/inventory/get-host'
import { withPort } from '@/lib/inventory/host-address'
import { listPairs } from '@/lib/inventory/list-pairs'
import { ConnectionTest } from '../../connection-test'
import { privilegeWords } from '../../words'
import { HostFrame } from '../host-frame'
import { hostOf } from '../host-of'
import { ModernProfile } from './modern-profile'
import { OnTheHost } from './on-the-host'
import { PinnedKeys } from './pinned-keys'
import { RemoveHost } from './remove-host'

export const metadata = { title: 'Access' }

/** How Pollux enters the host, and who confirmed its key. */
export default async function AccessPage({ params }: { params: Promise<{ id: string }> }) {
  const of = await hostOf((await params).id)
  const { host, mayRead, mayDescribe, mayEdit } = of
  const pairs = mayEdit ? await listPairs(of.ctx, [host.id]) : []
  return (
    <HostFrame of={of} tab="access">
      <div className="grid gap-8 l:grid-cols-2">
        <section>
          <SectionHead
            title="Login"
            ruled
            right={mayEdit ? <LinkText href={`/hosts/${host.id}/edit#identity`}>Edit</LinkText> : null}
          />
          <KeyValue facts={loginFacts(host, mayEdit)} />
          {host.sshProfile === 'legacy' && mayEdit ? <ModernProfile host={host} /> : null}
        </section>
        <section>
          <SectionHead title="Connection" ruled />
          {mayRead && host.keyState === 'confirmed' ? (
            <ConnectionTest host={host} mayEdit={mayEdit} />
          ) : (
            <p className="text-text-2">
              {host.keyState === 'confirmed'
                ? 'Testing it takes the role operator.'
                : 'It can be tested once its key is confirmed.'}
            </p>
          )}
        </section>
      </div>
      <section className="mt-8">
        <SectionHead title="Host keys" />
        <PinnedKeys keys={host.keys} />
      </section>
      {mayRead && host.keyState === 'confirmed' ? (
        <section className="mt-8" aria-label={`On ${host.name}`}>
          <SectionHead title={`On ${host.name}`} note="what Pollux keeps there" ruled />
          <OnTheHost host={{ id: host.id, name: host.name }} isAdmin={mayEdit} />
        </section>
      ) : null}
      {mayDescribe ? (
        <section className="mt-8">
          <SectionHead title="In the inventory" ruled />
          <div className="flex flex-wrap gap-2">
            <ButtonLink href={`/hosts/${host.id}/edit`}>Edit {host.name}</ButtonLink>
            {mayEdit ? <RemoveHost host={host} pairs={pairs.map((pair) => pair.address)} /> : null}
          </div>
        </section>
      ) : null}
    </HostFrame>
  )
}

function loginFacts(host: HostDetail, mayEdit: boolean) {
  const { credential } = host
  return [
    { label: 'Address', value: <span className="mono">{withPort(host.address, host.port)}</span> },
    { label: 'Login', value: <span className="mono">{host.login}</span>, note: privilegeWords[host.privilege] },
    {
      label: 'Credential',
      value:
        credential === null ? (
          'none'
        ) : mayEdit ? (
          <LinkText href={`/settings/credentials/${credential.id}`}>{credential.name}</LinkText>
        ) : (
          credential.name
        ),
      note: credential?.kind,
    },
    ...(host.privilege === 'sudo'
      ? [{ label: 'Password for sudo', value: host.hasSudoPassword ? 'its own, sealed' : 'none of its own' }]
      : []),
    {
      label: 'Jump host',
      value: host.jumpHost ? <LinkText href={`/hosts/${host.jumpHost.id}`}>{host.jumpHost.name}</LinkText> : 'none',
    },
    ...(host.jumpedBy.length > 0
      ? [{ label: 'Way to', value: host.jumpedBy.map((other) => other.name).join(', ') }]
      : []),
    { label: 'SSH', value: host.sshProfile === 'legacy' ? <Tag kind="warn">legacy profile</Tag> : 'modern profile' },
  ]
}
