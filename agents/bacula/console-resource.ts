import { polluxConsole } from './paths'
import { directiveOf, type Resource, resourcesOf } from './tokens'

/** What the console may do: look, and what the forms of Pollux ask for. Not among it: sql, delete, purge, restore, reload. */
export const consoleCommands = [
  'status',
  '.status',
  '.api',
  '.jobs',
  '.clients',
  '.filesets',
  '.pools',
  '.storage',
  '.levels',
  'list',
  'llist',
  'show',
  'version',
  'run',
  'cancel',
  'label',
  'mount',
  'unmount',
  'release',
  'enable',
  'disable',
  'update',
  'prune',
  'quit',
] as const

const mark = '# A console for Pollux: it may look, and do what its forms ask for.'

/** The resource as it is written into bacula-dir.conf, or pasted. The password must hold no quotes. */
export function consoleResource(password: string): string {
  const all = ['Job', 'Client', 'Storage', 'Schedule', 'Pool', 'FileSet', 'Catalog'].map(
    (what) => `  ${what}ACL = *all*`,
  )
  return [
    mark,
    'Console {',
    `  Name = "${polluxConsole}"`,
    `  Password = "${password}"`,
    `  CommandACL = ${consoleCommands.join(', ')}`,
    ...all,
    '}',
    '',
  ].join('\n')
}

/** The file of bconsole for that console. `director` as the host's own bconsole.conf has it. */
export function consoleFile(director: { name: string; port: string; address: string }, password: string): string {
  return [
    '# Made by Pollux. The director takes the console’s own password.'.replace('’', "'"),
    'Director {',
    `  Name = "${director.name}"`,
    `  DIRport = ${director.port}`,
    `  Address = ${director.address}`,
    '  Password = "none"',
    '}',
    'Console {',
    `  Name = "${polluxConsole}"`,
    `  Password = "${password}"`,
    '}',
    '',
  ].join('\n')
}

/** The console of that name in a configuration; 'many' where it stands twice; null where it is not. */
export function findConsole(text: string): Resource | 'many' | null {
  const found = (resourcesOf(text) ?? []).filter(
    (resource) => resource.type === 'console' && directiveOf(resource, 'name') === polluxConsole,
  )
  return found.length > 1 ? 'many' : (found[0] ?? null)
}

/** The configuration with the resource behind its last byte; every other byte stays. */
export function withConsole(text: string, password: string): string {
  const gap = text === '' || text.endsWith('\n\n') ? '' : text.endsWith('\n') ? '\n' : '\n\n'
  return `${text}${gap}${consoleResource(password)}`
}

/** The configuration without that console, its mark above it and the line that its end leaves. */
export function withoutConsole(text: string): string {
  const found = findConsole(text)
  if (found === null || found === 'many') return text
  const before = text.slice(0, found.start)
  const start = before.endsWith(`${mark}\n`) ? found.start - mark.length - 1 : found.start
  const end = text[found.end] === '\n' ? found.end + 1 : found.end
  const kept = text.slice(0, start)
  // The empty line that `withConsole` put between goes too, where nothing follows.
  return end === text.length && kept.endsWith('\n\n') ? kept.slice(0, -1) : kept + text.slice(end)
}

/** Whether a console's commands are those of `consoleCommands`, in any order. */
export function hasOurCommands(resource: Resource): boolean {
  const commands = resource.directives
    .filter(({ name }) => name === 'commandacl')
    .flatMap(({ value }) => value.split(',').map((word) => word.trim().toLowerCase()))
  return [...new Set(commands)].toSorted().join() === consoleCommands.toSorted().join()
}

/** The director that a bconsole.conf leads to; null where it cannot be told. */
export function directorOf(text: string): { name: string; port: string; address: string } | null {
  const director = (resourcesOf(text) ?? []).find(({ type }) => type === 'director')
  if (!director) return null
  const name = directiveOf(director, 'name')
  const address = directiveOf(director, 'address')
  const port = directiveOf(director, 'dirport') ?? '9101'
  if (name === null || address === null) return null
  const isPlain = /^[A-Za-z0-9_.: -]+$/.test(name) && /^[A-Za-z0-9.:-]+$/.test(address) && /^\d{1,5}$/.test(port)
  return isPlain ? { name, port, address } : null
}
