import { redirect } from 'next/navigation'
import type { Params } from '@/components/table/sort'
import { pageCtx } from '@/lib/action'

/** The account is planned where it is used: in the wizard that connects a catalog, on the host that was chosen. */
export default async function SqlAccountWizardPage({ searchParams }: { searchParams: Promise<Params> }) {
  await pageCtx('plan a change')
  const { hosts } = await searchParams
  const host = typeof hosts === 'string' ? hosts : hosts?.[0]
  redirect(`/backups/connect?${new URLSearchParams({ way: 'host', ...(host ? { host } : {}) })}`)
}
