import { PageHead } from '@/components/frame/page-head'
import { pageCtx } from '@/lib/action'

export default async function HomePage() {
  await pageCtx('read inventory')
  return <PageHead title="Home" />
}
