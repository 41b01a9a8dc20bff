import type { Ctx } from '@/lib/auth/actor'
import { AppError } from '@/lib/errors'
import type { CatalogReading } from '../catalog-reading'
import { wallText } from '../rules'
import { readCatalog } from '../store/read-catalog'
import type { CellTable } from './table-export'
import { toCsv } from './to-csv'
import { toJson } from './to-json'

export const exportFormats = ['csv', 'json'] as const
export type ExportFormat = (typeof exportFormats)[number]

export interface StreamTableOptions {
  catalogId: string
  table: CellTable
  format: ExportFormat
  /** The parameters of the page's address. */
  params: URLSearchParams
  /** The reader went away. */
  signal?: AbortSignal
  /** Asked between parts, every 30 s: whether this reader may still read. */
  mayRead?: () => Promise<boolean>
  /** Milliseconds after which a reader that takes nothing is left, as it holds a connection to the catalog. */
  stallMs?: number
}

export interface StreamedTable {
  fileName: string
  body: ReadableStream<Uint8Array>
}

const checkMs = 30_000

/**
 * Writes a table as it is read, one part at a time: the memory it takes does not grow with the table. It resolves when the
 * first part is there, so that whatever fails before it is thrown, as `readCatalog` throws; what fails later breaks the
 * stream off, so that half a table never looks like a whole one. Where the reader goes away the reading ends.
 */
export function streamTable(ctx: Ctx, options: StreamTableOptions): Promise<StreamedTable> {
  const ends = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, ends.signal]) : ends.signal
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  // The reader cancelled the stream.
  writer.closed.catch(() => ends.abort())
  return new Promise((resolve, reject) => {
    const work = async (catalog: CatalogReading) => {
      // `for await` lets the table's own reading end in order, wherever this one stops.
      for await (const piece of piecesOf(catalog, options)) {
        resolve({ fileName: fileNameOf(catalog, options), body: readable })
        await writeOrStall(writer, piece, options.stallMs ?? 60_000)
        if (signal.aborted) throw new AppError('conflict', 'expected a reader of the table, got none any more')
      }
    }
    readCatalog(ctx, options.catalogId, work, { signal })
      .then(() => writer.close())
      .catch((error: unknown) => {
        reject(error)
        ends.abort()
        return writer.abort(error)
      })
      .catch(() => {})
  })
}

async function* piecesOf(catalog: CatalogReading, { table, format, params, mayRead }: StreamTableOptions) {
  const encoder = new TextEncoder()
  const parts = table.parts(catalog, params)
  const texts =
    format === 'csv'
      ? toCsv(
          table.columns.map(({ title }) => title),
          parts,
        )
      : toJson(
          table.columns.map(({ key }) => key),
          parts,
        )
  let checkedAt = performance.now()
  for await (const piece of together(texts)) {
    if (performance.now() - checkedAt > checkMs) {
      if (mayRead && !(await mayRead())) throw new AppError('unauthenticated', 'expected a session, got none any more')
      checkedAt = performance.now()
    }
    yield encoder.encode(piece)
  }
}

/** The head comes with the first rows, so that a question that fails is known before anything is sent. */
async function* together(texts: AsyncIterable<string>) {
  let head: string | null = null
  let isFirst = true
  for await (const text of texts) {
    if (isFirst) head = text
    else {
      yield `${head ?? ''}${text}`
      head = null
    }
    isFirst = false
  }
  if (head !== null) yield head
}

async function writeOrStall(writer: WritableStreamDefaultWriter<Uint8Array>, piece: Uint8Array, stallMs: number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stall = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError('expired', `expected a reader to go on, got none for ${stallMs} ms`)),
      stallMs,
    )
  })
  try {
    await Promise.race([writer.write(piece), stall])
  } finally {
    clearTimeout(timer)
  }
}

function fileNameOf({ name, now, zone }: CatalogReading, { table, format }: StreamTableOptions): string {
  const day = wallText(now, zone).slice(0, 10)
  const plain = name.replace(/[^A-Za-z0-9.-]+/g, '-').replace(/^[.-]+|[.-]+$/g, '') || 'catalog'
  return `${plain.slice(0, 60)}-${table.name}-${day}.${format}`
}
