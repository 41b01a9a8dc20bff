import { route } from '@/lib/action'
import { paletteItems } from './palette-items'

/** The palette's items for whoever asks, as a JSON array. */
export const GET = route('read inventory', async (ctx) =>
  Response.json(await paletteItems(ctx), { headers: { 'cache-control': 'no-store' } }),
)
