'use server'

import { action } from '@/lib/action'
import { PlanChangeInput, planChange } from '@/lib/changes/ask-change'
import { ApproveInput, approveChange, askForApproval, ChangeInput, dropChange } from '@/lib/changes/decide-change'
import { revertChange } from '@/lib/changes/revert-change'
import { stopChange } from '@/lib/changes/stop-change'

export const planChangeAction = action(PlanChangeInput, planChange)
export const askForApprovalAction = action(ChangeInput, askForApproval)
export const approveChangeAction = action(ApproveInput, approveChange)
export const dropChangeAction = action(ChangeInput, dropChange)
export const stopChangeAction = action(ChangeInput, stopChange)
export const revertChangeAction = action(ChangeInput, revertChange)
