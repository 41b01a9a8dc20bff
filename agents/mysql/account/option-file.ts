import { type ConfigFile, fileAt } from '@/lib/agent/config-file'
import type { MysqlFacts } from '../facts/facts'
import { hideInLines } from '../facts/without-secrets'
import { LOGIN } from './name'

/** What stands in Pollux's option file before the password. */
export const HEAD = `# Written by Pollux: the account by which it asks one server of this host. Root alone may read it.
[client]
user=${LOGIN}
`

const MODE = '0600'

/** The file as facts have it: its password is masked, since nobody needs to know it. */
export const WHOLE = hideInLines(`${HEAD}password="x"\n`)

/** How Pollux's option file stands: as it was written, not there, or otherwise, in a word. */
export type FileStanding = 'as written' | 'gone' | 'edited' | 'not readable' | { mode: string }

/** How the file at a path stands. Its password is not compared: where it is another one, the server lets nobody in by it. */
export function fileStanding(facts: MysqlFacts, path: string): FileStanding {
  const found = accountFileAt(facts, path)
  if (found.state === 'absent') return 'gone'
  if (found.state === 'unread') return 'not readable'
  if (found.type !== 'file' || found.bytes !== WHOLE || found.owner !== 'root') return 'edited'
  return found.mode === MODE ? 'as written' : { mode: found.mode }
}

/** Facts that were kept before there were such files name none. */
export function accountFileAt({ accountFiles = {} }: MysqlFacts, path: string): ConfigFile {
  return fileAt(accountFiles, path)
}

/** The facts with that file as Pollux writes it, or without it. */
export function withAccountFile(facts: MysqlFacts, path: string, isThere: boolean): MysqlFacts {
  const { [path]: _, ...others } = facts.accountFiles ?? {}
  const written = { state: 'there', type: 'file', mode: MODE, owner: 'root', group: 'root', bytes: WHOLE } as const
  return { ...facts, accountFiles: isThere ? { ...others, [path]: written } : others }
}

/** A value as an option file takes it: in quotes, where `"` and `\` are written with a backslash (MySQL manual, "Using Option Files"). */
export function optionValue(text: string): string {
  return `"${text.replaceAll(/[\\"]/g, '\\$&')}"`
}
