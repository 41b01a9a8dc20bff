import { defineConfig } from '@playwright/test'

// Debian's browser. Without these flags it spends its time on look-ups that the lab's network refuses.
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

// What is done on hosts is mostly waited for, so four parts run at once; no host is in two of them.
const onFirAndRowan = ['failover-*.spec.ts', 'pairs.spec.ts', 'change-controls.spec.ts']
const onServices = ['postfix.spec.ts', 'backups-*.spec.ts', 'script-and-locks.spec.ts', 'every-route.spec.ts']
const onMembers = ['mesh.spec.ts']

export default defineConfig({
  testDir: 'e2e/browser',
  outputDir: 'test-results/browser',
  // They end what hangs, and prove no speed.
  timeout: 600_000,
  expect: { timeout: 120_000 },
  workers: 4,
  projects: [
    { name: 'fir and rowan', testMatch: onFirAndRowan, workers: 1 },
    { name: 'services', testMatch: onServices, workers: 1 },
    { name: 'members of a mesh', testMatch: onMembers, workers: 1 },
    { name: 'all other hosts', testIgnore: [...onFirAndRowan, ...onServices, ...onMembers], workers: 1 },
  ],
  retries: 0,
  forbidOnly: true,
  reporter: [['list']],
  use: {
    actionTimeout: 120_000,
    navigationTimeout: 120_000,
    // What turns and breathes is drawn anew sixty times a second, on the processors that the hosts need.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: { executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium', args: quiet },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
})
