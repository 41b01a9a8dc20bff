'use server'

import { action } from '@/lib/action'
import { BeginSecondFactorInput, beginSecondFactor } from '@/lib/users/begin-second-factor'
import { ConfirmSecondFactorInput, confirmSecondFactor } from '@/lib/users/confirm-second-factor'

export const beginSecondFactorAction = action('setting up', BeginSecondFactorInput, beginSecondFactor)
export const confirmSecondFactorAction = action('setting up', ConfirmSecondFactorInput, confirmSecondFactor)
