import { withExactly } from './clients'
import type { SetDesired } from './desired'
import { insertAfter, removeService } from './edit-master'
import { copied } from './edit-service'
import { portsOf } from './listeners'
import { listServices, type MasterCf, type Service } from './master-cf'

/** What greets behind a postscreen under a name of its own. */
export const GREETER = 'pollux-greeter'

const CACHE = 'postscreen_cache_map'
const BEHIND = 'smtpd_service_name'

/**
 * Each postscreen but the first with a cache of its own. Of a table in a file the one that runs has the only lock, and
 * every other ends at once with "unable to get exclusive lock" (postconf(5): postscreen_cache_map).
 * @param shared what main.cf says of the cache; null for Postfix's own, a btree
 */
export function withOwnCaches(doc: MasterCf, shared: string | null): MasterCf {
  const [, type = 'btree'] = /^(\w+):/.exec(shared ?? '') ?? []
  if (!['btree', 'hash', 'dbm', 'sdbm'].includes(type)) return doc
  const screens = screensOf(doc)
  const first = screens.find((screen) => optionOf(screen, CACHE) === null)
  return screens.reduce((after, screen) => {
    const own = optionOf(screen, CACHE)
    if (screen.key === first?.key || (own !== null && !isOurs(own))) return after
    return withExactly(after, screen.key, { [CACHE]: `${type}:${ownCache(screen)}` }, [CACHE])
  }, doc)
}

/**
 * Has those postscreens that greet by the HELO name hand over to an smtpd that greets by it too: what they say at first
 * is a teaser, and the greeting that counts is smtpd's. Without any that smtpd goes again.
 */
export function withGreeter(doc: MasterCf, { listeners, helo }: Pick<SetDesired, 'listeners' | 'helo'>): MasterCf {
  if (!listeners.some(({ port }) => port === '25')) return doc
  const greeting = screensOf(doc).reduce((after, screen) => {
    const behind = optionOf(screen, BEHIND)
    if (behind !== null && behind !== GREETER) return after
    const isGreeting = helo !== null && optionOf(screen, 'myhostname') === helo
    return withExactly(after, screen.key, isGreeting ? { [BEHIND]: GREETER } : {}, [BEHIND])
  }, doc)
  const key = `${GREETER}/pass`
  const there = listServices(greeting).findLast((service) => service.key === key)
  const isNeeded = screensOf(greeting).some((screen) => optionOf(screen, BEHIND) === GREETER)
  if (!isNeeded) return there ? removeService(greeting, there.line) : greeting
  const template = listServices(greeting).findLast((service) => service.key === 'smtpd/pass')
  if (!there && !template) return doc
  const added = there || !template ? greeting : insertAfter(greeting, template.line, copied(template, GREETER))
  return withExactly(added, key, helo === null ? {} : { myhostname: helo }, ['myhostname'])
}

function screensOf(doc: MasterCf): Service[] {
  return portsOf(doc).flatMap(({ services }) => services.filter(({ command }) => command === 'postscreen'))
}

function optionOf({ options }: Service, name: string): string | null {
  return options.findLast((option) => option.name === name)?.value ?? null
}

function ownCache({ host, port }: Service): string {
  return `$data_directory/postscreen_cache_${`${host ?? 'all'}_${port}`.replace(/[^A-Za-z0-9_]/g, '-')}`
}

function isOurs(cache: string): boolean {
  return /:\$data_directory\/postscreen_cache_[\w-]+$/.test(cache)
}
