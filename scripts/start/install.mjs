import { existsSync, readFileSync } from 'node:fs'
import { runStep } from './run-step.mjs'
import { hashOf, isFresh, writeStamp } from './stamp.mjs'

export const installStamp = 'node_modules/.pollux-lock'
const clientStamp = 'prisma/generated/.made-from'

/** Installs the packages and generates the store's client, each only when missing or stale. */
export async function ensureInstalled() {
  await ensurePackages()
  await ensureClient()
}

/** Whether `npm ci` must run: packages are missing, or came from another lock file or another Node.js. */
export function needsInstall() {
  return !isFresh(installStamp, installedFrom())
}

async function ensurePackages() {
  if (!needsInstall()) return
  // No package's script is needed: native parts come as packages of their own. Prisma's would try to fetch an engine.
  // With NODE_ENV=production npm would leave out what tests and checks need.
  await runStep('Installing packages', 'npm', [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ])
  writeStamp(installStamp, installedFrom())
}

async function ensureClient() {
  const from = { schema: hashOf(['prisma/schema.prisma', 'prisma.config.ts']), prisma: versionOf('prisma') }
  if (existsSync('prisma/generated/client/client.ts') && isFresh(clientStamp, from)) return
  await runStep("Generating the store's client", process.execPath, ['scripts/prisma.mjs', 'generate'])
  writeStamp(clientStamp, from)
}

/** What an install is made from; the number is the version of Node.js's interface for native parts. */
export function installedFrom() {
  return {
    lock: hashOf(['package-lock.json', '.npmrc']),
    asked: askedPackages(),
    node: `${process.versions.modules} ${process.platform} ${process.arch}`,
  }
}

function askedPackages() {
  const { dependencies, devDependencies, overrides } = JSON.parse(readFileSync('package.json', 'utf8'))
  return { dependencies, devDependencies, overrides }
}

function versionOf(name) {
  return JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version
}
