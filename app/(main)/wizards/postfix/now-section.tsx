import type { InstanceView } from '@/agents/postfix/view'
import { HostText } from '@/components/base/host-text'
import { SectionHead } from '@/components/frame/page-head'
import { FactsLine } from '@/components/show/facts-line'
import { Note } from '@/components/show/finding'
import type { MailHostView } from './wish'

/** What each Postfix of the host does now, why one cannot be changed, and what it complains of already. */
export function NowSection({ host }: { host: MailHostView }) {
  const isTried = host.support === 'live-tested'
  return host.instances.map((instance) => (
    <section key={instance.name} className="mb-6" aria-label={labelOf(host, instance)}>
      <SectionHead title={instance.name === '-' ? 'Now' : `Now, ${instance.name}`} note={instance.directory} />
      <FactsLine
        facts={[
          { label: 'Postfix', value: host.version ?? 'not told', note: isTried ? undefined : host.support },
          { label: 'Mail comes in at', value: <HostText text={listens(instance)} max={120} /> },
          { label: 'Leaves from', value: sends(instance) },
          {
            label: 'Name in HELO',
            value: <HostText text={instance.wish.helo ?? instance.myhostname ?? 'not told'} max={80} />,
          },
          { label: 'Goes through', value: <HostText text={instance.through.join('; ') || 'nothing else'} max={200} /> },
          {
            label: 'Waiting',
            value: host.queued === null ? 'not told' : host.queued,
            note: host.queued === null ? undefined : 'messages',
          },
        ]}
      />
      {instance.whyNot === null ? (
        instance.problems.map((problem) => (
          <Complaint key={problem} status="info" title="Postfix complains already" text={problem} />
        ))
      ) : (
        <Complaint status="warn" title="Nothing can be changed here now" text={instance.whyNot} />
      )}
    </section>
  ))
}

function labelOf({ name }: MailHostView, instance: InstanceView): string {
  return instance.name === '-' ? `Postfix of ${name} now` : `${instance.name} of ${name} now`
}

function Complaint({ status, title, text }: { status: 'info' | 'warn'; title: string; text: string }) {
  return (
    <div className="mt-3">
      <Note status={status} title={title}>
        <HostText text={text} max={400} />
      </Note>
    </div>
  )
}

function listens({ ports }: InstanceView): string {
  return ports.find(({ port }) => port === '25')?.now ?? 'nowhere on port 25'
}

function sends({ wish }: InstanceView): string {
  return [wish.source4, wish.source6].filter((source) => source !== null).join(', ') || 'any address'
}
