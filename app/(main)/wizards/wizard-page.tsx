import { type ReactNode, Suspense } from 'react'
import { Wizard, type WizardStep } from '@/components/change/wizard-rail'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { SkeletonTable } from '@/components/show/skeleton'
import type { Params } from '@/components/table/sort'
import { pageCtx } from '@/lib/action'
import { getChange } from '@/lib/changes/get-change'
import { listCandidates } from '@/lib/changes/list-candidates'
import { HostsStep } from './hosts-step'
import { PlanStep } from './plan-step'

const keys = [{ keys: ['G', 'C'], does: 'changes' }]
const planKeys = [{ keys: ['Ctrl', '↵'], does: 'approve and apply' }, ...keys]

type Ctx = Awaited<ReturnType<typeof pageCtx>>

/** Says in the address that hosts were chosen, even if none were. */
const pickedParam = ['picked', '1'] as const

/** What one wizard says and asks; the way through it is the same for all. */
export interface WizardWords {
  /** The part of its address: `scheduler`. */
  id: string
  title: string
  /** It works on one host at a time. */
  single?: true
  /** Under the title of the first step. */
  hostsAbout: string
  /** What is read of the chosen hosts: "disks". */
  reads: string
  /** Beside the button of the first step. */
  hostsNote: string
  settingsTitle(names: string): string
  settingsAbout: string
  /** The form, for hosts that are read now. `params` is what else stands in the address. */
  settings(ctx: Ctx, hosts: readonly { id: string; name: string }[], params: Params): ReactNode
  /** What is offered before any host is chosen. */
  offers?(ctx: Ctx, params: Params): ReactNode
  /** What of the address goes along from step to step beside the hosts. */
  keeps?: readonly string[]
  /** Hosts that are chosen when the wizard is opened without any. */
  chosenAtFirst?(ctx: Ctx, params: Params): Promise<readonly string[]>
  /** Whether the form can be asked for without any host: `picked` stands in the address when none was ticked on purpose. */
  takesNone?(params: Params): boolean
}

/** A wizard's page: which hosts, what is wanted, and the plan that comes of it. */
export async function WizardPage({ words, params }: { words: WizardWords; params: Params }) {
  const ctx = await pageCtx('plan a change')
  const changeId = Number(params.change)
  if (changeId > 0) return <AtPlan words={words} changeId={changeId} params={params} ctx={ctx} />

  const hosts = await listCandidates(ctx)
  const asked = hosts.filter((host) => many(params.hosts).includes(host.id))
  const chosen = words.single && asked.length > 1 ? [] : asked
  const isAtForm = chosen.length > 0 || (asked.length === 0 && words.takesNone?.(params) === true)
  if (!isAtForm || params.step === 'hosts') {
    const isFirst = asked.length === 0 && params.step !== 'hosts'
    const atFirst = isFirst ? ((await words.chosenAtFirst?.(ctx, params)) ?? []) : []
    return (
      <>
        <PageHead crumbs={crumbsOf(words)} title={words.single ? 'On which host?' : 'On which hosts?'}>
          {words.hostsAbout}
        </PageHead>
        <Wizard steps={rail(words.id, 'hosts', [], null, '')}>
          {words.offers?.(ctx, params)}
          <HostsStep
            words={words}
            hosts={hosts}
            chosen={[...asked.map((host) => host.id), ...atFirst]}
            keeps={[...keptOf(words, params), ...(words.takesNone ? [pickedParam] : [])]}
          />
        </Wizard>
        <KeysBar keys={keys} />
      </>
    )
  }
  return (
    <>
      <PageHead crumbs={crumbsOf(words)} title={words.settingsTitle(namesOf(chosen))}>
        {words.settingsAbout}
      </PageHead>
      <Wizard
        steps={rail(
          words.id,
          'settings',
          chosen,
          null,
          queryOf(
            words,
            params,
            chosen.map((host) => host.id),
          ),
        )}
      >
        <Suspense key={chosen.map((host) => host.id).join()} fallback={<SkeletonTable rows={6} />}>
          {words.settings(ctx, chosen, params)}
        </Suspense>
      </Wizard>
      <KeysBar keys={keys} />
    </>
  )
}

async function AtPlan({
  words,
  changeId,
  params,
  ctx,
}: {
  words: WizardWords
  changeId: number
  params: Params
  ctx: Ctx
}) {
  const change = await getChange(ctx, changeId)
  const hosts = change.hosts.map((host) => ({ id: host.hostId, name: host.name }))
  // Of a form that keeps its hosts in the address: the plan may touch fewer, or more.
  const asked = many(params.hosts)
  const query = queryOf(words, params, asked.length > 0 ? asked : hosts.map((host) => host.id))
  return (
    <>
      <PageHead crumbs={crumbsOf(words)} title={`Check what will happen on ${namesOf(hosts)}`}>
        Nothing has been touched yet. The approval holds for exactly this plan; if the host changes first, it is
        refused.
      </PageHead>
      <Wizard steps={rail(words.id, 'plan', hosts, change, query)}>
        <PlanStep
          wizard={words.id}
          settings={`/wizards/${words.id}?${query}`}
          change={change}
          params={params}
          ctx={ctx}
        />
      </Wizard>
      <KeysBar keys={planKeys} />
    </>
  )
}

function crumbsOf({ title }: WizardWords) {
  return [{ label: 'Wizards', href: '/wizards' }, { label: title }]
}

function rail(
  wizard: string,
  now: 'hosts' | 'settings' | 'plan',
  hosts: readonly { id: string; name: string }[],
  change: { hosts: readonly { steps: readonly unknown[] }[]; proofs: readonly unknown[] } | null,
  query: string,
): WizardStep[] {
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
      href: query !== '' ? `/wizards/${wizard}?step=hosts&${query}` : undefined,
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
      href: now === 'plan' ? `/wizards/${wizard}?${query}` : undefined,
    },
    { id: 'plan', title: 'Plan and diff', state: state('plan'), note: steps ? counted(steps, 'step') : undefined },
    { id: 'apply', title: 'Apply', state: 'later', note: 'the host runs it alone' },
    { id: 'proof', title: 'Proof', state: 'later', note: change ? counted(change.proofs.length, 'check') : undefined },
  ]
}

/** What of the address goes along, as far as it stands there. */
function keptOf({ keeps = [] }: WizardWords, params: Params): [name: string, value: string][] {
  return keeps.flatMap((name) => many(params[name]).map((value): [string, string] => [name, value]))
}

/** The hosts, and what goes along with them, as a part of an address. */
function queryOf(words: WizardWords, params: Params, hostIds: readonly string[]): string {
  const pairs = [...hostIds.map((id): [string, string] => ['hosts', id]), ...keptOf(words, params)]
  return pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

function namesOf(hosts: readonly { name: string }[]): string {
  if (hosts.length > 3) return `${hosts.length} hosts`
  return hosts.map((host) => host.name).join(', ')
}

function many(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value
}
