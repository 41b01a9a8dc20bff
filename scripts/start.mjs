// npm start | run dev | run build | run link | run reset-user. Plain Node: the packages may not be there yet.
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, needsBuild, serverFile } from './start/build.mjs'
import { bundle } from './start/bundle.mjs'
import { hold } from './start/hold.mjs'
import { ensureInstalled } from './start/install.mjs'
import { Refusal, sentenceOf } from './start/refusal.mjs'
import { quietEnv } from './start/run-step.mjs'
import { refuseIfRunning, takeDataDir } from './start/running.mjs'
import { checkNode, readSettings } from './start/settings.mjs'
import { refuseTakenPort } from './start/taken-port.mjs'

const buildLock = '.next/cache/pollux.lock'

try {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)))
  await main(process.argv.slice(2))
} catch (error) {
  const sentence = sentenceOf(error)
  console.error(sentence ?? error)
  process.exit(1)
}

async function main([flag, ...words]) {
  checkNode()
  Object.assign(process.env, quietEnv)
  if (flag === '--build-only') return buildOnly()
  const settings = readSettings(process.env)
  Object.assign(process.env, { HOST: settings.host, PORT: String(settings.port), POLLUX_DATA: settings.dataDir })
  if (flag === '--run') return runFile(settings, words)
  if (flag === undefined || flag === '--dev') return serve(settings, flag === '--dev')
  throw new Refusal(`Expected no flag, --dev, --build-only or --run FILE, and got "${flag}".`)
}

async function serve(settings, isDev) {
  process.env.NODE_ENV = isDev ? 'development' : 'production'
  refuseIfRunning(settings.dataDir)
  await refuseTakenPort(settings)
  await ensureInstalled()
  const data = await takeDataDir(settings.dataDir, settings.url)
  process.on('exit', () => data.release())
  if (!isDev) await buildIfStale()
  const { serve } = isDev ? await importTypescript('lib/server/serve.ts') : await import(pathToFileURL(serverFile).href)
  await serve({ ...settings, isDev })
}

async function buildOnly() {
  await ensureInstalled()
  await buildIfStale()
}

// A build in place would pull the pages out from under a server that runs from this folder on other data.
async function buildIfStale() {
  if (needsBuild()) {
    const alone = await hold(buildLock, 'alone')
    if (!alone)
      throw new Refusal('The sources changed, and another Pollux serves from this folder. End it, then start again.')
    await build()
    alone.release()
  }
  if (!(await hold(buildLock, 'shared')))
    throw new Refusal('Another Pollux is building in this folder. Start again when it is done.')
}

/** Runs a TypeScript file on the same data folder, also beside a server that runs. */
async function runFile(settings, [file, ...words]) {
  if (!file || !existsSync(file)) throw new Refusal(`Expected a TypeScript file after --run, and got "${file ?? ''}".`)
  await ensureInstalled()
  const data = await takeDataDir(settings.dataDir, null).catch((error) => {
    if (error instanceof Refusal) return null
    throw error
  })
  if (data) {
    const { prepareData } = await importTypescript('lib/server/prepare-data.ts')
    await prepareData()
    data.release()
  }
  process.argv = [process.argv[0], resolve(file), ...words]
  await importTypescript(file)
}

async function importTypescript(entry) {
  const folder = `node_modules/.cache/pollux/${process.pid}`
  mkdirSync(folder, { recursive: true })
  try {
    return await import(pathToFileURL(await bundle(entry, `${folder}/${Date.now()}.mjs`)).href)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
