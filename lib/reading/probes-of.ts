/** cheap: often, by schedule; deep: all there is, on demand and once in a while. */
export const tiers = ['cheap', 'deep'] as const
export type Tier = (typeof tiers)[number]
