import type { MysqlFacts } from '../facts/facts'
import { offerOf } from './offer'
import { PACKAGE_DATA, type Place, placesOf, suggestedDataDir } from './places'

/** What the wizard offers for a host without a server. */
export interface InstallChoices {
  /** Why nothing can be installed; null where it can. */
  whyNot: string | null
  /** What a person could do by hand on a dead release, to be read; null elsewhere. */
  script: string | null
  package: { name: string; version: string; count: number } | null
  /** Where there is room, the roomiest first. */
  places: readonly Place[]
  /** Null for the package's own place. */
  suggestedDataDir: string | null
  packageDataDir: string
}

/** Pure: from the facts of a host. */
export function installChoices({ name, facts }: { name: string; facts: MysqlFacts }): InstallChoices {
  const offered = offerOf(name, facts)
  const common = { places: placesOf(facts), suggestedDataDir: suggestedDataDir(facts), packageDataDir: PACKAGE_DATA }
  if (!offered.ok) return { ...common, whyNot: offered.why, script: offered.script, package: null }
  const { server, packageVersion, count } = offered.offer
  return { ...common, whyNot: null, script: null, package: { name: server, version: packageVersion, count } }
}
