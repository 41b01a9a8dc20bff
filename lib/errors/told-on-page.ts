import { isAppError } from './app-error'

const mark = 'told: '

/**
 * Throws the same error again, so that a page may leave it uncaught. Next tells the browser nothing of an error but its digest;
 * where the error has a sentence for the person, that becomes its digest, and `toldSentence` finds it on the error page.
 */
export function throwToldOnPage(error: unknown): never {
  if (isAppError(error) && error.userMessage) Object.assign(error, { digest: `${mark}${error.userMessage}` })
  throw error
}

/** The sentence in a digest; null for a digest that is only an id. */
export function toldSentence(digest: string | undefined): string | null {
  return digest?.startsWith(mark) ? digest.slice(mark.length) : null
}
