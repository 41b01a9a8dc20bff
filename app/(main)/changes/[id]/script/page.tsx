import { notFound } from 'next/navigation'
import { ButtonLink } from '@/components/base/button'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead, SectionHead } from '@/components/frame/page-head'
import { Note } from '@/components/show/finding'
import { pageCtx } from '@/lib/action'
import type { Plan } from '@/lib/agent'
import { type ChangeView, getChange } from '@/lib/changes/get-change'
import { NotYours } from '../../../hosts/[id]/host-notes'

interface Props {
  params: Promise<{ id: string }>
}

export async function generateMetadata({ params }: Props) {
  return { title: `Script of #${(await params).id}` }
}

/** A change's plan as scripts, one per host, with how they are run. */
export default async function ScriptPage({ params }: Props) {
  const ctx = await pageCtx('apply a change')
  const changeId = Number((await params).id)
  if (!Number.isSafeInteger(changeId)) notFound()
  const change = await getChange(ctx, changeId)
  const hosts = change.scopeRefusal ? [] : hostsInOrder(change)
  return (
    <>
      <PageHead
        crumbs={[
          { label: 'Changes', href: '/changes' },
          { label: `#${change.id}`, href: `/changes/${change.id}` },
          { label: 'Script' },
        ]}
        title={titleOf(hosts.length)}
      >
        {change.title}
      </PageHead>
      {change.scopeRefusal ? <NotYours>{change.scopeRefusal}</NotYours> : <Scripts change={change} hosts={hosts} />}
      <KeysBar keys={[{ keys: ['G', 'C'], does: 'all changes' }]} />
    </>
  )
}

function titleOf(scripts: number): string {
  if (scripts === 0) return 'Script, without Pollux'
  return scripts === 1 ? 'One script, without Pollux' : `${scripts} scripts, without Pollux`
}

function Scripts({ change, hosts }: { change: ChangeView; hosts: ReturnType<typeof hostsInOrder> }) {
  return (
    <>
      <div className="grid gap-2 mb-6">
        <Note status="warn" title="Keep it as secret as the files that it writes">
          Their whole text stands in it. That it was taken is written into the audit.
        </Note>
        {hosts.length > 1 ? (
          <Note status="warn" title="You are the barrier between the hosts">
            A script sees no other host. Let each begin only when those above it have ended, and take all back when one
            fails.
          </Note>
        ) : null}
      </div>
      <section className="mb-6" aria-label="Scripts">
        <SectionHead title={hosts.length === 1 ? 'Script' : 'Scripts, in this order'} />
        <ol>
          {hosts.map((host) => (
            <li key={host.id} className="flex flex-wrap items-center gap-4 py-3 border-b border-line">
              <div className="min-w-0 flex-1">
                <b>{host.name}</b>
                <p className="text-text-2">{host.about}</p>
              </div>
              <ButtonLink
                href={`/api/changes/${change.id}/script?host=${encodeURIComponent(host.id)}`}
                prefetch={false}
                download
                kind={hosts.length === 1 ? 'primary' : 'plain'}
                aria-label={`Download the script for ${host.name}`}
              >
                Download
              </ButtonLink>
            </li>
          ))}
        </ol>
      </section>
      <HowItIsRun plan={change.plan} />
    </>
  )
}

function HowItIsRun({ plan }: { plan: Plan }) {
  const words = [
    { line: 'sh FILE --show', does: 'says what it would do, and whether all is still as planned; touches nothing' },
    { line: 'sh FILE', does: 'does it and proves it; when a step or a check fails, it takes all back' },
    ...(plan.guard
      ? [{ line: 'sh FILE confirm', does: 'from a new login, when it asks for it; else the host takes all back' }]
      : []),
    { line: 'sh FILE undo', does: 'takes it back, also later; the host keeps its copies for 30 days' },
  ]
  return (
    <section className="mb-6" aria-label="How it is run">
      <SectionHead title="How it is run" note="as root, on the host" ruled />
      <dl className="grid gap-3">
        {words.map(({ line, does }) => (
          <div key={line} className="l:flex l:gap-4">
            <dt className="mono l:w-[20ch]">{line}</dt>
            <dd className="text-text-2">{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Every host that has steps, by the first phase in which it has some. */
function hostsInOrder({ plan, hostNames }: ChangeView) {
  const isMany = Object.keys(hostNames).length > 1
  return Object.entries(hostNames)
    .map(([id, name]) => {
      const phases = plan.phases.map((phase) => phase.hosts.find((host) => host.hostId === id)?.steps.length ?? 0)
      const first = phases.findIndex((count) => count > 0)
      const count = phases.reduce((sum, each) => sum + each, 0)
      const where =
        isMany && plan.phases.length > 1 ? `, from phase ${first + 1} on (${plan.phases[first]?.title})` : ''
      return { id, name, first, about: `${count} ${count === 1 ? 'step' : 'steps'}${where}` }
    })
    .filter((host) => host.first >= 0)
    .toSorted((one, other) => one.first - other.first || one.name.localeCompare(other.name))
}
