import { filesOf, parentOf } from './files'
import type { NumberedRun } from './job-rows'
import type { Random } from './random'
import { dayMs, fileRetentionDays, type Row, type SampleOptions } from './row'

export function fileRows(jobs: readonly NumberedRun[], { now }: SampleOptions, random: Random): Record<string, Row[]> {
  const [paths, names] = [numbers(), numbers()]
  const files: Row[] = []
  for (const { jobId, run, files: count } of jobs) {
    if (count === 0 || run.status === 'R' || run.end < now - fileRetentionDays * dayMs) continue
    for (const { path, name, fileIndex, lstat, digest } of filesOf(run, random))
      files.push({
        ...{ FileId: files.length + 1, FileIndex: fileIndex, JobId: jobId, PathId: paths.of(path) },
        ...{ FilenameId: names.of(name), LStat: lstat, MD5: digest },
      })
  }
  const hierarchy: Row[] = []
  for (const [path, id] of paths.entries()) {
    const parent = parentOf(path)
    // Naming the parent may add it, which this loop then comes to.
    if (parent !== null) hierarchy.push({ PathId: id, PPathId: paths.of(parent) })
  }
  const visible = new Set(files.map(({ PathId, JobId }) => `${PathId} ${JobId}`))
  return {
    File: files,
    Path: [...paths.entries()].map(([Path, PathId]) => ({ PathId, Path })),
    Filename: [...names.entries()].map(([Name, FilenameId]) => ({ FilenameId, Name })),
    PathHierarchy: hierarchy,
    PathVisibility: [...visible].map((pair) => {
      const [PathId = 0, JobId = 0] = pair.split(' ').map(Number)
      return { PathId, JobId, Size: 0, Files: 0 }
    }),
  }
}

function numbers() {
  const known = new Map<string, number>()
  return {
    entries: () => known.entries(),
    of(text: string): number {
      const id = known.get(text) ?? known.size + 1
      known.set(text, id)
      return id
    },
  }
}
