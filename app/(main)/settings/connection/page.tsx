import { HostText } from '@/components/base/host-text'
import { RelativeTime } from '@/components/base/relative-time'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead, SectionHead } from '@/components/frame/page-head'
import { KeyValue } from '@/components/show/facts-line'
import { Note } from '@/components/show/finding'
import { pageCtx } from '@/lib/action'
import { type Certificate, getConnection } from '@/lib/server/get-connection'

export const metadata = { title: 'Connection' }

/** How browsers reach this Pollux, and with which certificate. All of it is set where Pollux is started. */
export default async function ConnectionPage() {
  const connection = getConnection(await pageCtx('edit settings'))
  const { certificate, isSecure, listens, origins, proxies } = connection
  return (
    <>
      <PageHead crumbs={[{ label: 'Settings', href: '/settings' }, { label: 'Connection' }]} title="Connection">
        {isSecure ? 'Every browser comes over TLS.' : 'Browsers come over plain http.'} How Pollux is reached is set
        where it is started.
      </PageHead>
      {certificate?.problem ? (
        <div className="mb-6">
          <Note status="bad" title="The certificate that lies there now is not in use">
            {certificate.problem.sentence} The one before stays in use. Seen{' '}
            <RelativeTime at={certificate.problem.at.getTime()} />.
          </Note>
        </div>
      ) : null}
      <div className="grid gap-8 l:grid-cols-2">
        <section>
          <SectionHead title="Where it is reached" ruled />
          <KeyValue
            facts={[
              { label: 'Listens at', value: listens },
              { label: 'Answers pages of', value: origins.join(', ') },
              {
                label: 'Trusted proxy',
                value: proxies ?? 'none',
                note: proxies ? null : 'X-Forwarded-* counts from nobody',
              },
            ]}
          />
        </section>
        <section>
          <SectionHead title="Certificate" ruled />
          {certificate ? <CertificateFacts certificate={certificate} /> : <p>{withoutCertificate(connection)}</p>}
        </section>
      </div>
      <KeysBar keys={[]} />
    </>
  )
}

function CertificateFacts({ certificate }: { certificate: Certificate }) {
  return (
    <KeyValue
      facts={[
        { label: 'For', value: <HostText text={certificate.names.join(', ')} max={200} /> },
        { label: 'Issued by', value: <HostText text={certificate.issuer} max={200} /> },
        { label: 'Ends', value: <RelativeTime at={certificate.validTo.getTime()} /> },
        { label: 'In use since', value: <RelativeTime at={certificate.takenAt.getTime()} /> },
        { label: 'File', value: certificate.file, note: 'read again when it changes, and on SIGHUP' },
        { label: 'SHA-256', value: <span className="wrap-anywhere">{certificate.fingerprint}</span> },
      ]}
    />
  )
}

function withoutCertificate({ isSecure, proxies }: { isSecure: boolean; proxies: string | null }): string {
  if (isSecure) return 'The proxy has it; Pollux has none of its own.'
  return proxies
    ? 'None: neither Pollux nor its proxy is reached over https.'
    : 'None. It is named by POLLUX_TLS_CERT and POLLUX_TLS_KEY.'
}
