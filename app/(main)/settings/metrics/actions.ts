'use server'

import { action } from '@/lib/action'
import { makeMetricsToken, NoInput, removeMetricsToken } from '@/lib/metrics/metrics-token'

export const makeMetricsTokenAction = action('edit settings', NoInput, makeMetricsToken)
export const removeMetricsTokenAction = action('edit settings', NoInput, removeMetricsToken)
