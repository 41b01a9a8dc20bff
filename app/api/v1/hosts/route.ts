import { apiRoute } from '@/lib/action'
import { listHostsOperation } from '@/lib/api/hosts'

export const GET = apiRoute(listHostsOperation)
