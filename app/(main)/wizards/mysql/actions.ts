'use server'

import { z } from 'zod'
import { previewTuning, tuningAim, tuningSituation } from '@/agents/mysql/view'
import { action } from '@/lib/action'

const PreviewInput = z.object({
  situation: tuningSituation,
  aim: tuningAim,
  edited: z.record(z.string().max(80), z.string().max(300).nullable()),
})

/** Computes and reads nothing: what comes of a choice, from what the form was given. */
export const previewTuningAction = action('plan a change', PreviewInput, async (_ctx, { situation, aim, edited }) =>
  previewTuning(situation, aim, edited),
)
