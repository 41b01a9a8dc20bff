import type { ConfigFile } from '@/lib/agent/config-file'
import type { MysqlFacts } from './facts'

const HIDDEN = '****'

/**
 * Names whose value is a secret, also cut short as old servers take it ("pass"), and rather too many than too few:
 * `sst_auth` is Galera's user and password, `filekey` and `token` open the keys of encrypted tables.
 */
const SECRET = String.raw`pass|secret|sst[-_]auth|filekey|[-_]token\b|[-_]pw\b`
const isSecret = (name: string) => new RegExp(SECRET, 'i').test(name)

/** `name = value` at a line's beginning, also of a comment: a password that is off may hold elsewhere. */
const OPTION = /^([ \t]*(?:[#;]+[ \t]*)?([\w.-]+)[ \t]*=[ \t]*)(.*?)(\r?)$/

/** `name=value` anywhere, the value in quotes or up to a space or semicolon; bounded, so that no line takes long. */
const PAIR = new RegExp(
  String.raw`([\w.-]{0,60}(?:${SECRET})[\w.-]{0,60}["']?[ \t]{0,9}=[ \t]{0,9})("[^"]*"?|'[^']*'?|[^\s;"']+)`,
  'gi',
)

/** An option file's bytes, or a unit's, with the values of secrets masked; all other bytes as they are. */
export function hideInLines(bytes: string): string {
  return bytes
    .split('\n')
    .map((line) => {
      const [, lead = '', name = '', value = '', end = ''] = OPTION.exec(line) ?? []
      return isSecret(name) && value !== '' ? `${lead}${HIDDEN}${end}` : hideInWords(line)
    })
    .join('\n')
}

/** Secrets within a line, as a command or a list of options has them: `--password=x`, `socket.ssl_password = x; …`. */
export function hideInWords(line: string): string {
  return line.replace(PAIR, `$1${HIDDEN}`)
}

/** A variable's value as it may be shown. */
export function maskVariable(name: string, value: string): string {
  return isSecret(name) && value !== '' ? HIDDEN : hideInWords(value)
}

/** mysqld-auto.cnf is JSON: the value of each variable of a secret's name is masked, by its text. */
export function hideInPersisted(bytes: string): string {
  return bytes.replace(
    /("([\w.-]{1,80})"\s*:\s*(?:\{[^{}]{0,400}?"Value"\s*:\s*)?)"(?:[^"\\]|\\.)*"/g,
    (all, lead: string, name: string) => (isSecret(name) ? `${lead}"${HIDDEN}"` : all),
  )
}

/** The facts as they may be kept in the store: no password of any file. What a server says was masked when it was read. */
export function withoutSecrets(facts: MysqlFacts): MysqlFacts {
  const files = Object.entries(facts.files).map(([path, file]): [string, ConfigFile] => [path, hideSecrets(path, file)])
  return { ...facts, files: Object.fromEntries(files) }
}

function hideSecrets(path: string, file: ConfigFile): ConfigFile {
  if (file.state !== 'there') return file
  const hide = path.endsWith('mysqld-auto.cnf') ? hideInPersisted : hideInLines
  return { ...file, bytes: hide(file.bytes) }
}
