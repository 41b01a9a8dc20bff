import { apiRoute } from '@/lib/action'
import { stopChangeOperation } from '@/lib/api/decide'

export const POST = apiRoute(stopChangeOperation)
