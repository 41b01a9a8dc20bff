/** Why the lab could not do what it was asked. `cannot-run` means: this machine can't, a caller may skip and say so. */
export type LabErrorCode = 'cannot-run' | 'busy' | 'usage' | 'failed'

/** Exit codes of the command line: 77 says "skip" (as automake's test drivers do), 75 "try again later" (sysexits). */
export const EXIT_CODES: Record<LabErrorCode, number> = { 'cannot-run': 77, busy: 75, usage: 2, failed: 1 }

export class LabError extends Error {
  readonly code: LabErrorCode

  constructor(code: LabErrorCode, message: string) {
    super(message)
    this.name = 'LabError'
    this.code = code
  }
}
