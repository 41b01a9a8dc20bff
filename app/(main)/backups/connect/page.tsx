import { randomBytes } from 'node:crypto'
import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { Wizard } from '@/components/change/wizard-rail'
import { KeysBar } from '@/components/frame/keys-bar'
import { PageHead } from '@/components/frame/page-head'
import { SkeletonTable } from '@/components/show/skeleton'
import type { Params } from '@/components/table/sort'
import { pageCtx } from '@/lib/action'
import { listHostChoices } from '@/lib/inventory/list-host-choices'
import { ConnectForm } from './connect-form'
import { ConnectedStep } from './connected-step'
import { FoundStep } from './found-step'
import { railOf } from './rail'
import { SampleStep } from './sample-step'
import { timeZones } from './time-zones'
import { WhereStep } from './where-step'

export const metadata = { title: 'Connect a catalog' }

const crumbs = [{ label: 'Backups', href: '/backups' }, { label: 'Connect a catalog' }]

/** Connects a catalog: where it is, what was found there, an account, a test; only then is it kept. */
export default async function ConnectPage({ searchParams }: { searchParams: Promise<Params> }) {
  const ctx = await pageCtx('edit catalogs')
  const params = await searchParams
  const one = (name: string) => (typeof params[name] === 'string' ? params[name] : '')
  if (one('done') !== '') return <ConnectedStep ctx={ctx} catalogId={one('done')} crumbs={crumbs} />

  const way = one('way')
  if (way === 'sample')
    return (
      <>
        <PageHead crumbs={crumbs} title="A sample to look around">
          A catalog that no director ever wrote.
        </PageHead>
        <Wizard steps={railOf('account', { way: 'sample', where: 'a sample' })}>
          <SampleStep />
        </Wizard>
        <KeysBar keys={[]} />
      </>
    )
  const hosts = await listHostChoices(ctx)
  const shared = { hosts, zones: timeZones(), password: newPassword() }
  if (way === 'direct' || way === 'file')
    return (
      <>
        <PageHead
          crumbs={crumbs}
          title={way === 'direct' ? 'A database over the network' : 'An SQLite file beside Pollux'}
        >
          Pollux reads a catalog of Bacula or Bareos and never writes to it.
        </PageHead>
        <ConnectForm
          key={way}
          way={way}
          host={null}
          {...shared}
          whereNote={way === 'direct' ? 'over the network' : 'a file beside Pollux'}
        />
        <KeysBar keys={[]} />
      </>
    )
  const host = way === 'host' ? hosts.find(({ id }) => id === one('host')) : undefined
  if (way === 'host' && one('host') !== '' && !host) notFound()
  if (host)
    return (
      <>
        <PageHead crumbs={crumbs} title={`The catalog on ${host.name}`}>
          Pollux reads a catalog of Bacula or Bareos and never writes to it.
        </PageHead>
        <Suspense
          key={`${host.id} ${one('found')}`}
          fallback={
            <Wizard steps={railOf('found', { way: 'host', where: host.name })}>
              <SkeletonTable rows={6} />
            </Wizard>
          }
        >
          <FoundStep ctx={ctx} host={host} chosen={one('found')} form={shared} />
        </Suspense>
        <KeysBar keys={[]} />
      </>
    )
  return (
    <>
      <PageHead crumbs={crumbs} title="Where is the catalog?">
        The database in which Bacula or Bareos keeps its jobs and volumes. Pollux reads it and never writes to it.
      </PageHead>
      <Wizard steps={railOf('where')}>
        <WhereStep hosts={hosts} needsHost={way === 'host'} />
      </Wizard>
      <KeysBar keys={[]} />
    </>
  )
}

/** Of letters, digits, - and _, which no database and no shell takes for anything else. */
function newPassword(): string {
  return randomBytes(18).toString('base64url')
}
