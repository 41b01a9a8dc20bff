import { notFound } from 'next/navigation'
import { pageCtx } from '@/lib/action'

/** Every address that is no page: the sign-in for strangers, so that nobody learns what there is; else the frame with a sentence. */
export default async function NoSuchPage() {
  await pageCtx()
  notFound()
}
