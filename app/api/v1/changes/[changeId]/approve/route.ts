import { apiRoute } from '@/lib/action'
import { approveChangeOperation } from '@/lib/api/decide'

export const POST = apiRoute(approveChangeOperation)
