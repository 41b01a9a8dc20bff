import { apiRoute } from '@/lib/action'
import { getHostOperation } from '@/lib/api/hosts'

export const GET = apiRoute(getHostOperation)
