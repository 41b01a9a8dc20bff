/** Who acts. The rights of each role are in `rights.ts`. */
export const roles = ['viewer', 'operator', 'admin'] as const
export type Role = (typeof roles)[number]

export type Actor =
  | {
      kind: 'user'
      id: string
      name: string
      role: Role
      /** Which hosts he may touch, see `host-scope.ts`; none or absent: all. */
      hostScopes?: readonly (readonly string[])[]
    }
  /** The worker, the command line on the machine itself, or nobody yet (sign-in). */
  | { kind: 'system'; name: 'pollux' | 'command line' | 'nobody' }

/** What every verb gets beside its input. */
export interface Ctx {
  actor: Actor
  /** Also in the log and in the user's error message. */
  requestId: string
}

/** The context of the process itself, for work that nobody clicked. */
export function systemCtx(requestId: string): Ctx {
  return { actor: { kind: 'system', name: 'pollux' }, requestId }
}
