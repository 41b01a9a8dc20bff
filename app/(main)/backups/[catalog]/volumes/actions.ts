'use server'

import { action } from '@/lib/action'
import { SetLimitsInput, setLimits } from '@/lib/catalog/store/set-limits'

export const setLimitsAction = action('edit catalogs', SetLimitsInput, setLimits)
