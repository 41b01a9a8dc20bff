import { Suspense } from 'react'
import { Wizard, type WizardStep } from '@/components/change/wizard-rail'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { SkeletonTable } from '@/components/show/skeleton'
import type { Params } from '@/components/table/sort'
import { pageCtx } from '@/lib/action'
import { getChange } from '@/lib/changes/get-change'
import { listCandidates } from '@/lib/changes/list-candidates'
import { PlanStep } from '../plan-step'
import { HostsStep } from './hosts-step'
import { SettingsStep } from './settings-step'

export const metadata = { title: 'Failover IP' }

const keys = [{ keys: ['G', 'C'], does: 'changes' }]
const planKeys = [{ keys: ['Ctrl', '↵'], does: 'approve and apply' }, ...keys]

const crumbs = [{ label: 'Wizards', href: '/wizards' }, { label: 'Failover IP' }]

export default async function FailoverWizardPage({ searchParams }: { searchParams: Promise<Params> }) {
  const ctx = await pageCtx('plan a change')
  const params = await searchParams
  const changeId = Number(params.change)
  if (changeId > 0) return <AtPlan changeId={changeId} params={params} ctx={ctx} />

  const hosts = await listCandidates(ctx)
  const chosen = hosts.filter((host) => many(params.hosts).includes(host.id))
  if (chosen.length === 0 || params.step === 'hosts')
    return (
      <>
        <PageHead crumbs={crumbs} title="On which hosts?">
          Their addresses are read first. To move one, choose the host that has it and the host that gets it.
        </PageHead>
        <Wizard steps={rail('hosts', [], null)}>
          <HostsStep hosts={hosts} chosen={chosen.map((host) => host.id)} />
        </Wizard>
        <KeysBar keys={keys} />
      </>
    )
  return (
    <>
      <PageHead crumbs={crumbs} title={`Which address on ${namesOf(chosen)}?`}>
        Each host keeps it over a boot in the files of what holds its network; no other is touched.
      </PageHead>
      <Wizard steps={rail('settings', chosen, null)}>
        <Suspense key={chosen.map((host) => host.id).join()} fallback={<SkeletonTable rows={6} />}>
          <SettingsStep ctx={ctx} hosts={chosen} />
        </Suspense>
      </Wizard>
      <KeysBar keys={keys} />
    </>
  )
}

async function AtPlan({
  changeId,
  params,
  ctx,
}: {
  changeId: number
  params: Params
  ctx: Awaited<ReturnType<typeof pageCtx>>
}) {
  const change = await getChange(ctx, changeId)
  const hosts = change.hosts.map((host) => ({ id: host.hostId, name: host.name }))
  return (
    <>
      <PageHead crumbs={crumbs} title={`Check what will happen on ${namesOf(hosts)}`}>
        Nothing has been touched yet. The approval holds for exactly this plan; if the host changes first, it is
        refused.
      </PageHead>
      <Wizard steps={rail('plan', hosts, change)}>
        <PlanStep wizard="failover-ip" change={change} params={params} ctx={ctx} />
      </Wizard>
      <KeysBar keys={planKeys} />
    </>
  )
}

function rail(
  now: 'hosts' | 'settings' | 'plan',
  hosts: readonly { id: string; name: string }[],
  change: { hosts: readonly { steps: readonly unknown[] }[]; proofs: readonly unknown[] } | null,
): WizardStep[] {
  const query = hosts.map((host) => `hosts=${encodeURIComponent(host.id)}`).join('&')
  const steps = change?.hosts.reduce((sum, host) => sum + host.steps.length, 0)
  const isAfter = (step: string) =>
    ['hosts', 'settings', 'plan'].indexOf(now) > ['hosts', 'settings', 'plan'].indexOf(step)
  const state = (step: string) => (step === now ? 'now' : isAfter(step) ? 'done' : 'later')
  return [
    {
      id: 'hosts',
      title: 'Hosts',
      state: state('hosts'),
      note: hosts.length > 0 ? namesOf(hosts) : undefined,
      href: hosts.length > 0 ? `/wizards/failover-ip?step=hosts&${query}` : undefined,
    },
    {
      id: 'facts',
      title: 'Facts',
      state: now === 'hosts' ? 'later' : 'done',
      note: now === 'hosts' ? undefined : 'read just now',
    },
    {
      id: 'settings',
      title: 'Settings',
      state: state('settings'),
      href: now === 'plan' ? `/wizards/failover-ip?${query}` : undefined,
    },
    { id: 'plan', title: 'Plan and diff', state: state('plan'), note: steps ? `${steps} steps` : undefined },
    { id: 'apply', title: 'Apply', state: 'later', note: 'the host runs it alone' },
    { id: 'proof', title: 'Proof', state: 'later', note: change ? `${change.proofs.length} checks` : undefined },
  ]
}

function namesOf(hosts: readonly { name: string }[]): string {
  if (hosts.length > 3) return `${hosts.length} hosts`
  return hosts.map((host) => host.name).join(', ')
}

function many(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value
}
