'use server'

import { action } from '@/lib/action'
import { SetTwoPeopleInput, setTwoPeople } from '@/lib/inventory/two-people-tags'

export const setTwoPeopleAction = action('edit settings', SetTwoPeopleInput, setTwoPeople)
