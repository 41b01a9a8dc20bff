import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '')
const alias = { '@': root, 'server-only': `${root}/lib/config/nothing.ts` }

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['{lib,agents,components,app,scripts,prisma,bench}/**/*.test.{ts,tsx}', 'e2e/faults/*.test.ts'],
          exclude: ['**/*.lab.test.ts', '**/node_modules/**'],
          // Ends what hangs. It proves no speed: what a machine does in a second, a busy one does in ten.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 60_000 } },
          // Much of them waits for programs that they run.
          maxWorkers: 3,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'lab',
          include: ['{lib,agents,e2e}/**/*.lab.test.ts', 'e2e/lab/lab.test.ts'],
          fileParallelism: false,
          testTimeout: 600_000,
          hookTimeout: 600_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
    ],
  },
})
