/** A reason not to go on, as a sentence for the person. It is printed without a stack. */
export class Refusal extends Error {
  name = 'Refusal'
}

/** Tells whether an error carries a sentence for the person, and gives it. */
export function sentenceOf(error) {
  if (error instanceof Refusal) return error.message
  if (error instanceof Error && error.name === 'AppError' && typeof error.userMessage === 'string')
    return error.userMessage
  return null
}
