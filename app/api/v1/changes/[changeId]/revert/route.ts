import { apiRoute } from '@/lib/action'
import { revertChangeOperation } from '@/lib/api/decide'

export const POST = apiRoute(revertChangeOperation)
