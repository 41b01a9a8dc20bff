import { type ZodType, z } from 'zod'
import { AppError } from './app-error'

/** Parses a verb's input. Throws AppError `invalid` with one sentence per field (by its dotted path). */
export function parseInput<Output>(schema: ZodType<Output>, input: unknown): Output {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const fields: Record<string, string> = {}
  for (const issue of parsed.error.issues) fields[issue.path.join('.')] ??= issue.message
  throw new AppError('invalid', `expected input that fits, got: ${z.prettifyError(parsed.error)}`, {
    userMessage: Object.values(fields)[0] ?? 'What was sent does not fit.',
    fields,
  })
}

/** An AppError `invalid` about one field of a form. */
export function fieldError(field: string, sentence: string): AppError {
  return new AppError('invalid', `${field}: ${sentence}`, { userMessage: sentence, fields: { [field]: sentence } })
}
