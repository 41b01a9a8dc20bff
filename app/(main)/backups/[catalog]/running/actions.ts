'use server'

import { action } from '@/lib/action'
import { PlanOperationInput, planOperation } from '@/lib/director/plan-operation'

export const planOperationAction = action('operate backups', PlanOperationInput, planOperation)
