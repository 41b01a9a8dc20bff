import { apiRoute } from '@/lib/action'
import { getChangeOperation } from '@/lib/api/changes'

export const GET = apiRoute(getChangeOperation)
