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
          testTimeout: 20_000,
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
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
