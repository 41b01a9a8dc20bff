'use server'

import { action } from '@/lib/action'
import { EditCatalogInput, editCatalog, MoveCatalogInput, moveCatalog } from '@/lib/catalog/store/edit-catalog'
import { RemoveCatalogInput, removeCatalog } from '@/lib/catalog/store/remove-catalog'

export const editCatalogAction = action('edit catalogs', EditCatalogInput, editCatalog)
export const moveCatalogAction = action('edit catalogs', MoveCatalogInput, moveCatalog)
export const removeCatalogAction = action('edit catalogs', RemoveCatalogInput, removeCatalog)
