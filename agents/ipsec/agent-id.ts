/** `version` goes up whenever the same facts and wish could give another plan. */
export const AGENT = { id: 'ipsec', version: 2 } as const
