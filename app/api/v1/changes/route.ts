import { apiRoute } from '@/lib/action'
import { listChangesOperation } from '@/lib/api/changes'
import { planChangeOperation } from '@/lib/api/decide'

export const GET = apiRoute(listChangesOperation)
export const POST = apiRoute(planChangeOperation)
