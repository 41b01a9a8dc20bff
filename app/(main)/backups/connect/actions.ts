'use server'

import { action } from '@/lib/action'
import { PlanAccountInput, planAccount } from '@/lib/catalog/account/plan-account'
import { AddCatalogInput, addCatalog } from '@/lib/catalog/store/add-catalog'
import { AddSampleInput, addSample } from '@/lib/catalog/store/add-sample'
import { TestCatalogInput, testCatalog } from '@/lib/catalog/store/test-catalog'

export const planAccountAction = action('edit catalogs', PlanAccountInput, planAccount)
export const testCatalogAction = action('edit catalogs', TestCatalogInput, testCatalog)
export const addCatalogAction = action('edit catalogs', AddCatalogInput, addCatalog)
export const addSampleAction = action('edit catalogs', AddSampleInput, addSample)
