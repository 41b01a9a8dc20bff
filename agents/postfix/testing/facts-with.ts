import type { ConfigFile } from '@/lib/agent/config-file'
import type { Instance, PostfixFacts } from '../facts'
import { factsOf, loadFixture } from '../load-fixtures'

/** Facts of a Debian 12 with files of a test's own in the place of its own; null takes one away. */
export function factsWith(files: Readonly<Record<string, string | null>>, more: Partial<PostfixFacts> = {}) {
  const facts = factsOf(loadFixture('debian-12'))
  const own = Object.entries(files).flatMap(([path, bytes]): [string, ConfigFile][] =>
    bytes === null ? [] : [[path, { state: 'there', type: 'file', mode: '0644', owner: 'root', group: 'root', bytes }]],
  )
  const others = Object.entries(facts.files).filter(([path]) => files[path] === undefined)
  const all: PostfixFacts = { ...facts, files: Object.fromEntries([...others, ...own]), ...more }
  return { facts: all, instance: firstOf(all), hostId: 'host-1', name: 'host-1' }
}

/** The same with these bytes as main.cf, and as master.cf where they are told. */
export function mailFacts(main: string, master?: string, more: Partial<PostfixFacts> = {}) {
  const files = { '/etc/postfix/main.cf': main, ...(master === undefined ? {} : { '/etc/postfix/master.cf': master }) }
  return factsWith(files, more)
}

function firstOf({ instances }: PostfixFacts): Instance {
  const [first] = instances
  if (!first) throw new Error('expected an instance')
  return first
}
