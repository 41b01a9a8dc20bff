/** Something about a file that a person should know, with the line that it begins at (from 1). */
export interface Problem {
  line: number
  /** `fatal`: Postfix does not run with it. `warning`: it ignores something, or reads it otherwise than it looks. */
  kind: 'fatal' | 'warning' | 'info'
  /** One sentence. */
  text: string
}
