import { SkeletonPage } from '@/components/show/skeleton'

export default function Loading() {
  return <SkeletonPage rows={3} />
}
