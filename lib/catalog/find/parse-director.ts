import { AppError } from '@/lib/errors'
import { type CatalogResource, catalogsOf, elsewhere, workingDirectoryOf } from './catalog-resource'
import { dialectSeen, listeningPorts } from './dialect-seen'
import type { FoundCatalog, FoundDirector } from './found-director'
import { type ConfigBlock, ConfigError, parseConfig } from './parse-config'
import { usualPorts } from './usual-ports'
import { zoneSeen } from './zone-seen'

interface Frame {
  kind: string
  about: string
  text: string
}

interface ConfigFile {
  product: 'bacula' | 'bareos'
  path: string
  config: ConfigBlock
  catalogs: readonly CatalogResource[]
}

interface DirectorProcess {
  args: readonly string[]
  /** undefined: it may not be looked at. */
  tz: string | null | undefined
  libraries: readonly string[]
}

/** Reads what `directorScript` printed. Pure. Throws AppError `outcome-unknown` where its end is missing. */
export function parseDirector(printed: string, nonce: string): FoundDirector {
  const frames = framesOf(printed, nonce)
  if (!frames.some((frame) => frame.kind === 'end'))
    throw new AppError('outcome-unknown', 'expected the end of the look at a director, got less', {
      userMessage: 'The host stopped telling in the middle. Look again.',
    })
  const problems = frames
    .filter((frame) => frame.kind === 'unreadable')
    .map((frame) => `${frame.about} may not be read by this login.`)
  const files = readFiles(frames, problems)
  const processes = frames.filter((frame) => frame.kind === 'process').map(processOf)
  const textOf = (kind: string) => frames.find((frame) => frame.kind === kind)?.text ?? ''
  const host: HostSigns = {
    processes,
    installed: lines(textOf('libraries')),
    packages: lines(textOf('packages')),
    ports: listeningPorts(textOf('listens')),
    zone: lines(textOf('zone')),
  }
  const programs = lines(textOf('programs'))
  return {
    catalogs: files.flatMap((file) => file.catalogs.map((catalog) => foundCatalog(catalog, file, files, host))),
    isRunning: processes.length > 0,
    console: programs.find((path) => path.endsWith('/bconsole')) ?? null,
    consoleConfigs: lines(textOf('consoles')),
    programs: programs.map((path) => path.replace(/^.*\//, '')).filter((name) => name !== 'bconsole'),
    problems: [...new Set(problems)],
  }
}

interface HostSigns {
  processes: readonly DirectorProcess[]
  installed: readonly string[]
  packages: readonly string[]
  ports: readonly number[]
  zone: readonly string[]
}

function foundCatalog(
  catalog: CatalogResource,
  file: ConfigFile,
  files: readonly ConfigFile[],
  host: HostSigns,
): FoundCatalog {
  const process = processFor(file, host.processes)
  const loaded = process?.libraries ?? []
  const { dialect, by } = dialectSeen({ ...host, driver: catalog.driver, loaded })
  const zone = zoneSeen({
    ...(process ? { processTz: process.tz } : {}),
    unitTz: after(host.zone, 'unit '),
    link: after(host.zone, 'link '),
    hasNoLocaltime: host.zone.includes('no localtime'),
    named: after(host.zone, 'named '),
  })
  const directory =
    workingDirectoryOf(file.config) ??
    files.map((other) => (other.product === file.product ? workingDirectoryOf(other.config) : null)).find(Boolean) ??
    null
  return {
    ...catalog,
    product: file.product,
    file: file.path,
    dialect,
    dialectBy: by,
    // A name of the host itself means its socket to the director; by TCP it is the loopback address.
    address: catalog.address === null || catalog.address === 'localhost' ? '127.0.0.1' : catalog.address,
    port: catalog.port ?? (dialect === 'mysql' || dialect === 'postgresql' ? usualPorts[dialect] : null),
    path: dialect === 'sqlite' && directory !== null ? `${directory}/${catalog.database ?? 'bacula'}.db` : null,
    zone: zone.zone,
    zoneBy: zone.by,
  }
}

/** The process that was started with this file; with the usual ones none is named. */
function processFor(file: ConfigFile, processes: readonly DirectorProcess[]): DirectorProcess | undefined {
  const given = ({ args }: DirectorProcess) => args[args.indexOf('-c') + 1] ?? ''
  return (
    processes.find((process) => process.args.includes('-c') && file.path.startsWith(given(process))) ??
    processes.find((process) => !process.args.includes('-c'))
  )
}

function readFiles(frames: readonly Frame[], problems: string[]): ConfigFile[] {
  const files = new Map<string, ConfigFile>()
  for (const { kind, about: path, text } of frames) {
    if ((kind !== 'bacula' && kind !== 'bareos') || files.has(path)) continue
    try {
      const config = parseConfig(text)
      files.set(path, { product: kind, path, config, catalogs: catalogsOf(config) })
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      problems.push(`${path}: ${error.message}`)
    }
  }
  // Where a catalog was found, it is of no matter what else the files bring in: Bareos names its folders so.
  const all = [...files.values()]
  if (all.every((file) => file.catalogs.length === 0)) problems.push(...all.flatMap(includeProblem))
  return all
}

function includeProblem({ path, config }: ConfigFile): string[] {
  const sentence = elsewhere(config)
  return sentence === null ? [] : [`${path}: ${sentence}`]
}

function processOf({ text }: Frame): DirectorProcess {
  const all = lines(text)
  return {
    args: all.filter((line) => line.startsWith('arg ')).map((line) => line.slice(4)),
    tz: all.includes('no environ') ? undefined : after(all, 'tz '),
    libraries: all.filter((line) => line.startsWith('lib ')).map((line) => line.slice(4)),
  }
}

function framesOf(printed: string, nonce: string): Frame[] {
  return printed
    .split(`\n${nonce} `)
    .slice(1)
    .map((part) => {
      const head = part.split('\n', 1)[0] ?? ''
      const [kind = '', ...about] = head.split(' ')
      return { kind, about: about.join(' '), text: part.slice(head.length + 1) }
    })
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}

function after(all: readonly string[], start: string): string | null {
  return all.find((line) => line.startsWith(start))?.slice(start.length) ?? null
}
