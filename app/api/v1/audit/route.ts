import { apiRoute } from '@/lib/action'
import { listAuditOperation } from '@/lib/api/audit'

export const GET = apiRoute(listAuditOperation)
