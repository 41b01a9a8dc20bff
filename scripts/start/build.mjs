import { existsSync, mkdirSync } from 'node:fs'
import { bundle } from './bundle.mjs'
import { hold } from './hold.mjs'
import { Refusal } from './refusal.mjs'
import { runStep } from './run-step.mjs'
import { hashOf, isFresh, writeStamp } from './stamp.mjs'

const buildStamp = '.next/pollux-build'
const buildLock = '.next/cache/pollux.lock'
export const serverFile = '.next/pollux/serve.mjs'

const sources = [
  'agents',
  'app',
  'components',
  'instrumentation.ts',
  'lib',
  'next.config.js',
  'package-lock.json',
  'postcss.config.mjs',
  'prisma/schema.prisma',
  'proxy.ts',
  'public',
  'tsconfig.json',
]

/** Tests and texts are no part of the build. */
export function isNoSource(path) {
  return /(\.test\.tsx?|\.md|\/fixtures|\/testing(\.ts)?)$/.test(path)
}

/** What a build is made from. */
export function builtFrom() {
  return { sources: hashOf(sources, isNoSource), node: process.versions.modules }
}

/** Whether the build that lies there is not made from these sources. */
export function needsBuild() {
  return !isFresh(buildStamp, builtFrom()) || !existsSync('.next/BUILD_ID') || !existsSync(serverFile)
}

/** Builds when the build is stale. Throws a Refusal while another Pollux serves from this folder, or builds in it. */
export async function ensureBuilt() {
  if (!needsBuild()) return
  // In place, a build would pull the pages out from under a server that runs from this folder on other data.
  const alone = await hold(buildLock, 'alone')
  if (!alone)
    throw new Refusal('The sources changed, and another Pollux serves from this folder. End it, then start again.')
  try {
    await build()
  } finally {
    alone.release()
  }
}

/** Keeps the build as it is for as long as this process serves from it. */
export async function keepBuild() {
  if (!(await hold(buildLock, 'shared')))
    throw new Refusal('Another Pollux is building in this folder. Start again when it is done.')
}

// Builds the pages and the server that serves them.
async function build() {
  const from = builtFrom()
  await runStep('Building', process.execPath, ['node_modules/next/dist/bin/next', 'build'], { NODE_ENV: 'production' })
  mkdirSync('.next/pollux', { recursive: true })
  await bundle('lib/server/serve.ts', serverFile)
  writeStamp(buildStamp, from)
}
