import { apiRoute } from '@/lib/action'
import { dropChangeOperation } from '@/lib/api/decide'

export const POST = apiRoute(dropChangeOperation)
