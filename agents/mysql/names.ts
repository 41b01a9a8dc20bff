export const AGENT = { id: 'mysql', version: 1 } as const
