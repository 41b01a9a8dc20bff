import type { ConfigFile } from '@/lib/agent/config-file'
import type { PostfixFacts } from './facts'

/** `name = value` at a line's beginning, also of a comment. */
const PARAMETER = /^(#[ \t]*)?([\w-]+)[ \t]*=[ \t]*(.*)$/
/** `-o name=value`, `-o { name = value }`, also with other letters before the "o"; bounded, so that no line takes long. */
const OPTION = /(?<![^ \t#])-[A-Za-z]{0,9}o[ \t]*(?:([\w-]{1,99})=([^ \t]*)|\{[ \t]*([\w-]{1,99})[ \t]*=[ \t]*(.*))/g
const IS_ABOUT_PASSWORDS = /password|passwd|secret|_pw/i
/** Names of parameters whose value is a password, such as those of tables that are told in main.cf itself. */
const IS_PASSWORD = /(?:password|passwd|secret|_pw)$/i
/** Tables that stand in the file itself: static:user:password, inline:{ host=user:password }. */
const OWN_TABLE = /(?:static|inline):.*$/

/**
 * The parts of main.cf or master.cf that are passwords, none of them longer than its line: what goes over several lines
 * stands here by pieces. Rather too much than too little.
 */
export function secretsOf(bytes: string): string[] {
  const found: string[] = []
  // The parameter that the next lines may go on with, and how many braces of its table are open.
  let [name, level] = ['', 0]
  for (const line of bytes.split(/\r?\n/)) {
    if (/^[^\s#]/.test(line)) [name, level] = ['', 0]
    for (const [said, text, isComment] of textsIn(line, name, level)) {
      const secret = secretIn(said, text, level)
      if (/[A-Za-z0-9]/.test(secret.replace(/^(?:static|inline):/, ''))) found.push(secret)
      if (!isComment) [name, level] = [said, Math.max(0, level + count(secret, '{') - count(secret, '}'))]
    }
  }
  return [...new Set(found)]
}

/** What a line says, each with the parameter that it says it of, and whether it is a comment. */
function textsIn(line: string, name: string, level: number): [string, string, boolean][] {
  const [isParameter, mark, parameter = '', value = ''] = PARAMETER.exec(line) ?? []
  if (isParameter) return [[parameter, value.trim(), mark !== undefined]]
  const isComment = /^\s*(#|$)/.test(line)
  const options = level > 0 ? [] : [...line.matchAll(OPTION)]
  if (options.length > 0)
    return options.map(([, plain, word = '', braced = '', rest = '']) =>
      plain === undefined ? [braced, rest.trim(), isComment] : [plain, word, isComment],
    )
  return isComment ? [] : [[name, line.trim(), false]]
}

function secretIn(name: string, text: string, level: number): string {
  if (!IS_ABOUT_PASSWORDS.test(name)) return ''
  return IS_PASSWORD.test(name) || level > 0 ? text : (OWN_TABLE.exec(text)?.[0] ?? '')
}

/** The facts as they may be kept in the store: passwords in configuration files are not shown there. */
export function withoutSecrets(facts: PostfixFacts): PostfixFacts {
  const files = Object.entries(facts.files).map(([path, file]): [string, ConfigFile] => [path, hideSecrets(file)])
  return { ...facts, files: Object.fromEntries(files) }
}

/** A file with the passwords in it replaced. */
export function hideSecrets(file: ConfigFile): ConfigFile {
  if (file.state !== 'there') return file
  // The longest first: one may be the beginning of another.
  const secrets = secretsOf(file.bytes).toSorted((a, b) => b.length - a.length)
  return { ...file, bytes: secrets.reduce((bytes, secret) => bytes.replaceAll(secret, '****'), file.bytes) }
}

function count(text: string, char: string): number {
  return text.split(char).length - 1
}
