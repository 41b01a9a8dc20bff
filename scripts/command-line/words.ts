import { type ParseArgsConfig, parseArgs } from 'node:util'
import { AppError } from '@/lib/errors'

/** Reads a command's words. Throws AppError `invalid` with `usage` for one that it does not know. */
export function readWords<Options extends NonNullable<ParseArgsConfig['options']>>(usage: string, options: Options) {
  try {
    return parseArgs({ args: process.argv.slice(2), options, strict: true }).values
  } catch (cause) {
    return wrongWords(usage, cause instanceof Error ? cause.message : String(cause))
  }
}

/** Says what is wrong with a command's words, and how it is used. */
export function wrongWords(usage: string, what: string): never {
  throw new AppError('invalid', what, { userMessage: `${what}\nUsage: ${usage}` })
}
