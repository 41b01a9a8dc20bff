import { draw } from './draw'
import { type CatalogModel, spread } from './model'
import type { Cell, GeneratedTable } from './table'
import { digestOf, lstatOf, nameOf, pathOf } from './texts'

export const filename: GeneratedTable = {
  name: 'Filename',
  columns: ['FilenameId', 'Name'],
  *rows({ options }) {
    for (let id = 1; id <= options.size.filenames; id += 1) yield [id, nameOf(id)]
  },
}

export const path: GeneratedTable = {
  name: 'Path',
  columns: ['PathId', 'Path'],
  *rows({ options }) {
    for (let id = 1; id <= options.size.paths; id += 1) yield [id, pathOf(id)]
  },
}

export const file16: GeneratedTable = {
  name: 'File',
  columns: ['FileId', 'FileIndex', 'JobId', 'PathId', 'FilenameId', 'LStat', 'MD5'],
  rows: (model) => fileRows(model, (id) => id),
}

export const file1026: GeneratedTable = {
  name: 'File',
  columns: ['FileId', 'FileIndex', 'JobId', 'PathId', 'Filename', 'LStat', 'MD5'],
  rows: (model) => fileRows(model, nameOf),
}

/** Of each job some files, in folders that lie side by side; what a job of the same name saved before, it saves again. */
function* fileRows(model: CatalogModel, name: (filenameId: number) => Cell): Generator<readonly Cell[]> {
  const { filenames, paths, files } = model.options.size
  let id = 0
  for (const { job: each, rows } of spread(model, 'files', files)) {
    const from = Math.floor(draw(1, 40, each.series) * paths)
    const step = each.level === 'F' ? 1 : 1 + Math.floor(draw(1, 41, each.jobId) * 9)
    for (let index = 1; index <= rows; index += 1) {
      id += 1
      const place = index * step
      const pathId = ((from + Math.floor(place / 9)) % paths) + 1
      const filenameId = place % 9 === 0 ? 1 : ((Math.imul(pathId * 9 + (place % 9), 0x9e3779b1) >>> 0) % filenames) + 1
      yield [id, index, each.jobId, pathId, name(filenameId), lstatOf(id), digestOf(id)]
    }
  }
}
