import type { CatalogReading } from '../catalog-reading'

export interface ExportColumn<Row> {
  /** The name in JSON. */
  key: string
  /** The head in CSV. */
  title: string
  /** Null where the catalog does not say: an empty cell, a null. */
  value(row: Row): string | number | null
}

/** A table that can be taken away as CSV or JSON: all rows of the filter, not only those of a page. */
export interface TableExport<Row> {
  /** In the address and in the file's name: "volumes". */
  name: string
  columns: readonly ExportColumn<Row>[]
  /**
   * All rows that fit the parameters of the page's own address, in parts of a few hundred to a few thousand, so that no more
   * than one part is ever held. Throws as `CatalogReading.ask` does.
   */
  rows(catalog: CatalogReading, params: URLSearchParams): AsyncIterable<readonly Row[]>
}

/** A table whose rows stand as cells already: what the route needs to know of it. */
export interface CellTable {
  name: string
  columns: readonly { key: string; title: string }[]
  parts(catalog: CatalogReading, params: URLSearchParams): AsyncIterable<readonly ExportCells[]>
}

export type ExportCells = readonly (string | number | null)[]

/** A table's rows as cells in the order of its columns, so that tables of all kinds of rows can stand in one list. */
export function cellTable<Row>({ name, columns, rows }: TableExport<Row>): CellTable {
  return {
    name,
    columns: columns.map(({ key, title }) => ({ key, title })),
    async *parts(catalog, params) {
      for await (const part of rows(catalog, params))
        yield part.map((row) => columns.map((column) => column.value(row)))
    },
  }
}
