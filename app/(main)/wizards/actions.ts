'use server'

import { action } from '@/lib/action'
import { KeepDraftInput, keepDraft } from '@/lib/drafts/draft'

export const keepDraftAction = action('plan a change', KeepDraftInput, keepDraft)
