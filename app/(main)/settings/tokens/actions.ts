'use server'

import { action } from '@/lib/action'
import { MakeApiTokenInput } from '@/lib/users/api-token-fields'
import { EndApiTokenInput, endApiToken } from '@/lib/users/end-api-token'
import { makeApiToken } from '@/lib/users/make-api-token'

export const makeApiTokenAction = action('own account', MakeApiTokenInput, makeApiToken)
export const endApiTokenAction = action('own account', EndApiTokenInput, endApiToken)
