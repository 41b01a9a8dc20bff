export const AGENT = { id: 'mysql', version: 2 } as const
