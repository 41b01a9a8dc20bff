'use server'

import { action } from '@/lib/action'
import { PlanAccountInput, planAccount } from '@/lib/catalog/account/plan-account'
import { readNewCatalogs } from '@/lib/catalog/keep/keep-catalogs'
import { AddCatalogInput, addCatalog } from '@/lib/catalog/store/add-catalog'
import { AddSampleInput, addSample } from '@/lib/catalog/store/add-sample'
import { TestCatalogInput, testCatalog } from '@/lib/catalog/store/test-catalog'
import { runJobNow } from '@/lib/jobs'

export const planAccountAction = action('edit catalogs', PlanAccountInput, planAccount)
export const testCatalogAction = action('edit catalogs', TestCatalogInput, testCatalog)
export const addCatalogAction = action('edit catalogs', AddCatalogInput, thenRead(addCatalog))
export const addSampleAction = action('edit catalogs', AddSampleInput, thenRead(addSample))

/** What was connected is read at once, beside the answer. */
function thenRead<Args extends unknown[], T>(add: (...args: Args) => Promise<T>): (...args: Args) => Promise<T> {
  return async (...args) => {
    const added = await add(...args)
    void runJobNow(readNewCatalogs)
    return added
  }
}
