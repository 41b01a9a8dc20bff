import type { ExportCells } from './table-export'

/** A whole table as one JSON array of objects, one row a line, so that it can be written and read as it comes. */
export async function* toJson(keys: readonly string[], parts: AsyncIterable<readonly ExportCells[]>) {
  yield '['
  let isFirst = true
  for await (const part of parts) {
    if (part.length === 0) continue
    const lines = part.map((cells) =>
      JSON.stringify(Object.fromEntries(keys.map((key, at) => [key, cells[at] ?? null]))),
    )
    yield `${isFirst ? '\n' : ',\n'}${lines.join(',\n')}`
    isFirst = false
  }
  yield isFirst ? ']\n' : '\n]\n'
}
