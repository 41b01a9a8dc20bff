import { SkeletonTable } from '@/components/show/skeleton'

/** While the director is asked. */
export default function RunningLoading() {
  return <SkeletonTable />
}
