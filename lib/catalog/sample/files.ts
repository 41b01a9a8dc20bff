import type { SampleJob } from './configuration'
import type { Random } from './random'
import type { SampleRun } from './runs'

export interface SampleFile {
  path: string
  /** Empty for the directory itself, as Bacula writes it. */
  name: string
  fileIndex: number
  lstat: string
  digest: string
}

const folders = [
  '',
  'documents/',
  'documents/letters/',
  'photos/2025/',
  'photos/2026/',
  'src/awa/',
  'src/awa/samples/',
  'mail/',
]
const names = [
  'README',
  'notes.txt',
  'budget.ods',
  'img_0431.jpg',
  'img_0432.jpg',
  'Makefile',
  'awa-util.adb',
  'inbox',
  'wiki.db',
  'été à la mer.jpg',
]
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** A few of a run's files: what there is to browse, not all that JobFiles counts. */
export function filesOf(run: SampleRun, random: Random): SampleFile[] {
  const most = { F: 60, D: 16, I: 6 }[run.level]
  const all = pathsOf(run.job).flatMap((path) => ['', ...names].map((name) => ({ path, name })))
  const step = Math.max(1, Math.floor(all.length / most))
  const from = run.level === 'F' ? 0 : random.whole(step)
  return all
    .filter((_, place) => place % step === from % step)
    .slice(0, most)
    .map(({ path, name }, place) => ({
      path,
      name,
      fileIndex: place + 1,
      lstat: lstatOf(name === '' ? 4096 : random.whole(4_000_000), name === '' ? 0o40755 : 0o100644, run, random),
      digest: name === '' ? '0' : Array.from({ length: 27 }, () => digits[random.whole(64)]).join(''),
    }))
}

/** All folders that a job's files lie in. */
export function pathsOf(job: SampleJob): string[] {
  return job.roots.flatMap((root) => folders.map((folder) => `${root}${folder}`))
}

/** The folder above, as PathHierarchy leads up: "/home/mail/" to "/home/" to "/" to "". */
export function parentOf(path: string): string | null {
  if (path === '') return null
  return path.slice(0, path.lastIndexOf('/', path.length - 2) + 1)
}

/** The 16 numbers of Bacula's LStat in its base 64, from st_dev to the data stream. */
function lstatOf(size: number, mode: number, run: SampleRun, random: Random): string {
  const changed = Math.floor(run.start / 1000) - random.whole(30 * 86_400)
  const links = mode === 0o40755 ? 2 : 1
  const fields = [2049, 100_000 + random.whole(900_000), mode, links, 1000, 1000, 0, size, 4096, Math.ceil(size / 512)]
  return [...fields, changed + 60, changed, changed, 0, 0, 5].map(toBase64).join(' ')
}

/** Bacula's own base 64 of a number: digits of 6 bits, the highest first, without padding. */
export function toBase64(number: number): string {
  let text = ''
  for (let rest = number; text === '' || rest > 0; rest = Math.floor(rest / 64)) text = `${digits[rest % 64]}${text}`
  return text
}
