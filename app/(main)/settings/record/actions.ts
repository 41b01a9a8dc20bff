'use server'

import { action } from '@/lib/action'
import { SetAuditRetentionInput, setAuditRetention } from '@/lib/audit/retention'

export const setAuditRetentionAction = action('edit settings', SetAuditRetentionInput, (ctx, input) =>
  setAuditRetention(ctx, input),
)
