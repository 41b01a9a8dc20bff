import { z } from 'zod'
import { PlanChangeInput, planChange } from '@/lib/changes/ask-change'
import { ApproveInput, approveChange, askForApproval, dropChange } from '@/lib/changes/decide-change'
import { revertChange } from '@/lib/changes/revert-change'
import { stopChange } from '@/lib/changes/stop-change'
import { operation } from './operation'
import { changeId, nothing, planned } from './shapes'

export const planChangeOperation = operation({
  method: 'POST',
  path: '/api/v1/changes',
  id: 'planChange',
  summary: 'Plan what an agent shall make of hosts, on facts read now; nothing on a host is touched',
  right: 'plan a change',
  input: PlanChangeInput,
  output: planned,
  run: planChange,
})

export const askForApprovalOperation = operation({
  method: 'POST',
  path: '/api/v1/changes/{changeId}/ask',
  id: 'askForApproval',
  summary: 'Put a planned change before those who may approve it',
  right: 'plan a change',
  input: z.object({ changeId }),
  output: nothing,
  run: async (ctx, input) => done(askForApproval(ctx, input)),
})

export const approveChangeOperation = operation({
  method: 'POST',
  path: '/api/v1/changes/{changeId}/approve',
  id: 'approveChange',
  summary: 'Approve exactly the plan with this digest; it is applied at once, in its turn, or at the time that is said',
  right: 'approve a change',
  input: ApproveInput.extend({ changeId }),
  output: nothing,
  run: async (ctx, input) => done(approveChange(ctx, input)),
})

export const dropChangeOperation = operation({
  method: 'POST',
  path: '/api/v1/changes/{changeId}/drop',
  id: 'dropChange',
  summary: 'Take a change that has not begun off the table',
  right: 'plan a change',
  input: z.object({ changeId }),
  output: nothing,
  run: async (ctx, input) => done(dropChange(ctx, input)),
})

export const stopChangeOperation = operation({
  method: 'POST',
  path: '/api/v1/changes/{changeId}/stop',
  id: 'stopChange',
  summary: 'Have the hosts of a running change stop before their next step, and undo',
  right: 'apply a change',
  input: z.object({ changeId }),
  output: nothing,
  run: async (ctx, input) => done(stopChange(ctx, input)),
})

export const revertChangeOperation = operation({
  method: 'POST',
  path: '/api/v1/changes/{changeId}/revert',
  id: 'revertChange',
  summary: 'Plan the way back of an applied change, as a change of its own that is approved like any other',
  right: 'revert a change',
  input: z.object({ changeId }),
  output: planned,
  run: revertChange,
})

async function done(deed: Promise<void>): Promise<Record<string, never>> {
  await deed
  return {}
}
