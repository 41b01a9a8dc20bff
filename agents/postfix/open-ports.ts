import type { Instance, PostfixFacts } from './facts'
import { type Port, portsOf } from './listeners'
import type { MasterCf, Service } from './master-cf'
import { masterOf, ownParameterOf } from './parameters'

/**
 * The ports that an instance really listens on: those of master.cf without what `master_service_disable` keeps closed,
 * which is every one of an instance that postmulti(1) has just made.
 */
export function openPortsOf(
  facts: PostfixFacts,
  instance: Instance,
  doc: MasterCf = masterOf(facts, instance),
): Port[] {
  const disabled = disabledServices(facts, instance)
  return portsOf(doc)
    .map(({ port, services }) => ({ port, services: services.filter((one) => !isDisabled(disabled, one)) }))
    .filter(({ services }) => services.length > 0)
}

/** What `master_service_disable` says; empty when it keeps nothing closed. */
export function disabledServices(facts: PostfixFacts, instance: Instance): string {
  return ownParameterOf(facts, instance, 'master_service_disable')?.trim() ?? ''
}

/** "inet", "name/type" (up to 2.10 "name.type"), "!…" for the contrary; the first that fits decides (postconf(5)). */
function isDisabled(list: string, { name, type }: Service): boolean {
  const fits = (pattern: string) => [type, `${name}/${type}`, `${name}.${type}`].includes(pattern)
  const first = list.split(/[\s,]+/).find((word) => fits(word.replace(/^!/, '')))
  return first !== undefined && !first.startsWith('!')
}
