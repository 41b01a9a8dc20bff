import { z } from 'zod'
import { tagsField } from '@/lib/inventory/fields'
import { ownPasswordField, roleField } from './fields'

export const longestTokenDays = 365

export const MakeApiTokenInput = z.object({
  name: z.string().trim().min(1, 'Say what it is for.').max(40, 'A name has at most 40 characters.'),
  role: roleField,
  /** Narrows what it may touch to hosts with one of these tags; none: as far as its owner may. */
  tags: tagsField.default([]),
  days: z.coerce
    .number('Type a number of days.')
    .int('Type a whole number of days.')
    .min(1, 'A token holds for a day at least.')
    .max(longestTokenDays, 'A token holds for a year at most.'),
  password: ownPasswordField,
})
