import { apiRoute } from '@/lib/action'
import { listBackupsOperation } from '@/lib/api/backups'

export const GET = apiRoute(listBackupsOperation)
