import type { Answer } from '../dns/open-dns'

/** Ends an evaluation with "permerror" (RFC 7208, 2.6.7): the record is wrong, not the network. */
export class PermError extends Error {}

/** RFC 7208, 4.6.4. */
const mostTerms = 10
const mostVoids = 2

/** Counts what one evaluation costs, all its includes together. Both throw PermError when it is too much. */
export interface Budget {
  /** Before a term that asks the DNS. */
  countTerm(): void
  /** The values of what such a term was answered; empty answers are counted. */
  valuesOf<T>(answer: Answer<T>): readonly T[]
}

export function createBudget(): Budget {
  let terms = 0
  let voids = 0
  return {
    countTerm() {
      terms++
      if (terms > mostTerms) throw new PermError(`it takes more than ${mostTerms} DNS look-ups`)
    },
    valuesOf(answer) {
      if (answer.state === 'found') return answer.values
      voids++
      if (voids > mostVoids) throw new PermError(`more than ${mostVoids} of its DNS look-ups find nothing`)
      return []
    },
  }
}
