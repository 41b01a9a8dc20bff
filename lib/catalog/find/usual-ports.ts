/** Where a database listens unless it was told otherwise. */
export const usualPorts = { mysql: 3306, postgresql: 5432 } as const
