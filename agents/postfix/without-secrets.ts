import type { ConfigFile } from '@/lib/agent/config-file'
import type { PostfixFacts } from './facts'
import { listParameters, parseMainCf } from './main-cf'

// Tables that stand in main.cf itself: static:user:password, inline:{ host=user:password }.
const SECRET = /^(static:|inline:\{)/
const NAME = /password|passwd|secret/i

/** The values in main.cf and master.cf that are passwords: tables of passwords that stand in the file itself. */
export function secretsOf(bytes: string): string[] {
  const own = listParameters(parseMainCf(bytes)).filter(({ name, value }) => NAME.test(name) && SECRET.test(value))
  const overrides = [
    ...bytes.matchAll(/-o\s*\{?\s*\w*(?:password|passwd|secret)\w*\s*=\s*((?:static:|inline:\{)[^\n}]*\}?)/gi),
  ]
  return [...new Set([...own.map(({ value }) => value), ...overrides.map((match) => (match[1] ?? '').trim())])]
}

/** The facts as they may be kept in the store: passwords in configuration files are not shown there. */
export function withoutSecrets(facts: PostfixFacts): PostfixFacts {
  const files = Object.entries(facts.files).map(([path, file]): [string, ConfigFile] => [path, hideSecrets(file)])
  return { ...facts, files: Object.fromEntries(files) }
}

/** A file with the passwords in it replaced. */
export function hideSecrets(file: ConfigFile): ConfigFile {
  if (file.state !== 'there') return file
  return {
    ...file,
    bytes: secretsOf(file.bytes).reduce((bytes, secret) => bytes.replaceAll(secret, '****'), file.bytes),
  }
}
