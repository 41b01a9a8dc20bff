import { defineConfig } from 'prisma/config'

// The store's place is decided at run time (lib/db/store-url.ts); this one serves the command-line tools.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? 'file:./data/pollux.db' },
})
