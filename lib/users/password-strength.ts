import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import * as common from '@zxcvbn-ts/language-common'
import * as english from '@zxcvbn-ts/language-en'
import { single } from '@/lib/config/single'
import { fieldError } from '@/lib/errors/parse-input'

/** Fewer than 10^8 guesses, in the estimate's own scale from 0 to 4, are too few for root on every host. */
const leastScore = 3

/** What is looked at: it takes longer the longer the text is, and if this much of it is hard to guess the whole is. */
const lookedAt = 64

/**
 * Whether somebody who knows the person's own `words` would soon guess the password: it is common, a pattern on the keyboard,
 * a repetition, or made of these (NIST SP 800-63B, 5.1.1.2: compare with what is commonly used, expected, or compromised).
 */
export function isEasyToGuess(password: string, words: readonly string[] = []): boolean {
  const known = ['pollux', ...words.flatMap((word) => [word, ...word.split(/[^\p{L}\d]+/u)])]
  return estimator().check(password.slice(0, lookedAt), known).score < leastScore
}

/** Throws AppError `invalid` at the field `password` where the person's own words make it easy to guess. */
export function refuseOwnWords(password: string, words: readonly string[]): void {
  if (isEasyToGuess(password, words))
    throw fieldError('password', 'Your name or address is most of this password. Choose another one.')
}

// Its dictionaries are some megabytes; nobody sets a password often.
function estimator(): ZxcvbnFactory {
  return single(
    'password-estimator',
    () =>
      new ZxcvbnFactory({
        dictionary: { ...common.dictionary, ...english.dictionary },
        graphs: common.adjacencyGraphs,
      }),
  )
}
