import { type ConfigBlock, ConfigError } from './parse-config'

/** A Catalog resource of a director, as it stands there; null for what it does not say. */
export interface CatalogResource {
  name: string
  database: string | null
  user: string | null
  /** A secret: never for the browser. */
  password: string | null
  address: string | null
  port: number | null
  driver: string | null
}

/**
 * The Catalog resources of a configuration. Pure. Throws `ConfigError` with a sentence where a part of one stands in another
 * file.
 */
export function catalogsOf(config: ConfigBlock): CatalogResource[] {
  return config.blocks.filter((block) => block.type === 'catalog').map(catalogOf)
}

/** Why a configuration without a Catalog may have one all the same, in a sentence; null where it has none. */
export function elsewhere({ includes: [include] }: ConfigBlock): string | null {
  if (!include) return null
  return `No Catalog stands here itself, and line ${include.line} brings in ${include.text}, which Pollux does not follow.`
}

/** WorkingDirectory of the director, where Bacula keeps an SQLite catalog. */
export function workingDirectoryOf(config: ConfigBlock): string | null {
  const director = config.blocks.find((block) => block.type === 'director')
  return director ? told(director, 'workingdirectory') : null
}

function catalogOf(block: ConfigBlock): CatalogResource {
  const [include] = block.includes
  if (include)
    throw new ConfigError(
      `A part of the Catalog stands in ${include.text} (line ${include.line}), which Pollux does not follow.`,
    )
  const port = told(block, 'dbport')
  return {
    name: told(block, 'name') ?? '',
    database: told(block, 'dbname'),
    user: told(block, 'dbuser', 'user'),
    password: told(block, 'dbpassword', 'password'),
    address: told(block, 'dbaddress', 'address'),
    port: port !== null && /^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) < 65536 ? Number(port) : null,
    driver: told(block, 'dbdriver'),
  }
}

/** Of several the last counts, as for the director; what is empty is not there. */
function told(block: ConfigBlock, ...names: readonly string[]): string | null {
  const value = block.directives.findLast((directive) => names.includes(directive.name))?.value
  return value ? value : null
}
