import { watchMesh } from '@/app/(main)/meshes/live/watch-mesh'
import { getMesh } from '@/app/(main)/meshes/mesh-of'
import { route } from '@/lib/action'
import { pollerStream } from '@/lib/stream/poller-stream'

/** Streams how the pairs of a mesh are, at every look that somebody takes. */
export const GET = route('read inventory', async (ctx, request, { tag }) =>
  pollerStream(request, watchMesh(await getMesh(ctx, tag ?? '')), 'read inventory'),
)
