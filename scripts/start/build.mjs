import { existsSync, mkdirSync } from 'node:fs'
import { bundle } from './bundle.mjs'
import { runStep } from './run-step.mjs'
import { hashOf, isFresh, writeStamp } from './stamp.mjs'

const buildStamp = '.next/pollux-build'
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
  return /(\.test\.tsx?|\.md|\/fixtures|\/test-[a-z-]+\.ts|\/testing(\.ts)?)$/.test(path)
}

/** What a build is made from. */
export function builtFrom() {
  return { sources: hashOf(sources, isNoSource), node: process.versions.modules }
}

/** Whether the build that lies there is not made from these sources. */
export function needsBuild() {
  return !isFresh(buildStamp, builtFrom()) || !existsSync('.next/BUILD_ID') || !existsSync(serverFile)
}

/** Builds the pages and the server that serves them. */
export async function build() {
  const from = builtFrom()
  await runStep('Building', process.execPath, ['node_modules/next/dist/bin/next', 'build'], { NODE_ENV: 'production' })
  mkdirSync('.next/pollux', { recursive: true })
  await bundle('lib/server/serve.ts', serverFile)
  writeStamp(buildStamp, from)
}
