import { SkeletonPage } from '@/components/show/skeleton'

/** While the mesh is looked up. */
export default function MeshLoading() {
  return <SkeletonPage />
}
