import { SkeletonPage } from '@/components/show/skeleton'

/** While the meshes are looked up. */
export default function MeshesLoading() {
  return <SkeletonPage />
}
