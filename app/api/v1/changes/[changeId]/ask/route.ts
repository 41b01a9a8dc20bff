import { apiRoute } from '@/lib/action'
import { askForApprovalOperation } from '@/lib/api/decide'

export const POST = apiRoute(askForApprovalOperation)
