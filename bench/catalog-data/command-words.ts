import { type CatalogOptions, catalogSizes, type SizeName } from './sizes'

/** Takes `--name value` out of the words. Throws an Error for one that is not known or has no value. */
export function readWords(
  argv: readonly string[],
  known: readonly string[],
): { words: string[]; flags: Map<string, string> } {
  const words: string[] = []
  const flags = new Map<string, string>()
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? ''
    if (!word.startsWith('--')) {
      words.push(word)
      continue
    }
    const value = argv[at + 1]
    if (!known.includes(word.slice(2)) || value === undefined)
      throw new Error(`expected --${known.join(' or --')} with a value, got ${word}`)
    flags.set(word.slice(2), value)
    at += 1
  }
  return { words, flags }
}

/** SIZE and SCHEMA of a command line, with `--now` (a date) and `--seed`. Throws an Error that names what is expected. */
export function catalogOptions(
  [size = '', shape = '']: readonly string[],
  flags: ReadonlyMap<string, string>,
): CatalogOptions {
  if (!isSize(size)) throw new Error(`expected a size of ${Object.keys(catalogSizes).join(', ')}, got "${size}"`)
  if (shape !== '16' && shape !== '1026') throw new Error(`expected the schema 16 or 1026, got "${shape}"`)
  const now = Date.parse(flags.get('now') ?? new Date().toISOString())
  const seed = Number(flags.get('seed') ?? 1)
  if (Number.isNaN(now) || !Number.isInteger(seed))
    throw new Error('expected --now with a date and --seed with a whole number')
  return { size: catalogSizes[size], shape: shape === '16' ? 16 : 1026, now: Math.floor(now / 1000), seed }
}

function isSize(name: string): name is SizeName {
  return Object.hasOwn(catalogSizes, name)
}
