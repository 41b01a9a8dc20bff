import type { CatalogModel } from './model'

export type Cell = string | number | null

export interface GeneratedTable {
  name: string
  /** Only these are written; the others keep the schema's defaults. */
  columns: readonly string[]
  rows(model: CatalogModel): Iterable<readonly Cell[]>
}

export const hourS = 3600
