'use server'

import { action } from '@/lib/action'
import { EndPauseInput, endPause } from '@/lib/pause/end-pause'

export const endPauseAction = action('edit settings', EndPauseInput, endPause)
