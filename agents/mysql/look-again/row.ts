/** What came of one thing: less of it, as much, more of it, or not enough was counted to say. */
export type Verdict = 'better' | 'same' | 'worse' | 'not-known'

/** One line of the table: both figures, and the sentence that says what they come to. */
export interface Row {
  id: string
  label: string
  /** With its unit; null where it is not known. */
  before: string | null
  after: string | null
  verdict: Verdict
  sentence: string
}
