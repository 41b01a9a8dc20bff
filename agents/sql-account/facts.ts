import { z } from 'zod'

/** What a plan needs to know of the host. Who has an account there only the server tells, and a reading cannot ask it. */
export const sqlAccountFacts = z.object({
  /** Which of the clients and of runuser the host has. */
  programs: z.array(z.string()),
})

export type SqlAccountFacts = z.infer<typeof sqlAccountFacts>
