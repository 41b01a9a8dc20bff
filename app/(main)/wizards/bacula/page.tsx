import { redirect } from 'next/navigation'
import { pageCtx } from '@/lib/action'

/** What is asked of a director stands beside what it works on: under Running now of its catalog. */
export default async function BaculaWizardPage() {
  await pageCtx('plan a change')
  redirect('/backups?all=1')
}
