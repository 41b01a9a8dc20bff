import { SkeletonTable } from '@/components/show/skeleton'

/** The head and the tabs stand already: only what the catalog is asked for is to come. */
export default function Loading() {
  return (
    <div className="mt-4">
      <SkeletonTable rows={10} />
    </div>
  )
}
