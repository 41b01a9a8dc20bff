'use server'

import { action } from '@/lib/action'
import { AdoptDriftInput, adoptDrift } from '@/lib/changes/adopt-drift'
import { PlanChangeInput, planChange } from '@/lib/changes/ask-change'
import { ApproveInput, approveChange, askForApproval, ChangeInput, dropChange } from '@/lib/changes/decide-change'
import { finishChange } from '@/lib/changes/finish-change'
import { giveMoreTime, MoreTimeInput } from '@/lib/changes/give-more-time'
import { keepChange } from '@/lib/changes/keep-change'
import { ReapplyInput, reapplyChange } from '@/lib/changes/reapply-change'
import { revertChange } from '@/lib/changes/revert-change'
import { stopChange } from '@/lib/changes/stop-change'

export const planChangeAction = action('plan a change', PlanChangeInput, planChange)
export const askForApprovalAction = action('plan a change', ChangeInput, askForApproval)
export const approveChangeAction = action('approve a change', ApproveInput, approveChange)
export const dropChangeAction = action('plan a change', ChangeInput, dropChange)
export const stopChangeAction = action('apply a change', ChangeInput, stopChange)
export const giveMoreTimeAction = action('apply a change', MoreTimeInput, giveMoreTime)
export const keepChangeAction = action('apply a change', ChangeInput, keepChange)
export const finishChangeAction = action('plan a change', ChangeInput, finishChange)
export const revertChangeAction = action('revert a change', ChangeInput, revertChange)
export const reapplyChangeAction = action('plan a change', ReapplyInput, reapplyChange)
export const adoptDriftAction = action('apply a change', AdoptDriftInput, adoptDrift)
