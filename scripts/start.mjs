// npm start, run dev, run build, and every command on the data folder (run link, run backup …). Plain Node: the packages
// may not be there yet.
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ensureBuilt, keepBuild, serverFile } from './start/build.mjs'
import { bundle } from './start/bundle.mjs'
import { ensureInstalled } from './start/install.mjs'
import { Refusal, sentenceOf } from './start/refusal.mjs'
import { quietEnv } from './start/run-step.mjs'
import { ensureDataDir, refuseIfRunning, takeDataDir } from './start/running.mjs'
import { checkNode, readSettings } from './start/settings.mjs'
import { refuseTakenPort } from './start/taken-port.mjs'

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
  if (flag === '--beside') return runBeside(settings, words)
  if (flag === '--alone') return runAlone(settings, words)
  if (flag === undefined || flag === '--dev') return serve(settings, flag === '--dev')
  throw new Refusal(
    `Expected no flag, --dev, --build-only, or --run, --beside or --alone with a FILE, and got "${flag}".`,
  )
}

async function serve(settings, isDev) {
  process.env.NODE_ENV = isDev ? 'development' : 'production'
  refuseIfRunning(settings.dataDir)
  await refuseTakenPort(settings)
  await ensureInstalled()
  const data = await takeDataDir(settings.dataDir, settings.url)
  process.on('exit', () => data.release())
  if (!isDev) {
    await ensureBuilt()
    await keepBuild()
  }
  const { serve } = isDev ? await importTypescript('lib/server/serve.ts') : await import(pathToFileURL(serverFile).href)
  await serve({ ...settings, isDev })
}

async function buildOnly() {
  await ensureInstalled()
  await ensureBuilt()
}

/** Runs a TypeScript file on the same data folder, also beside a server that runs. */
async function runFile(settings, [file, ...words]) {
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
  await importFile(file, words)
}

/** Runs a TypeScript file on the data folder as it is, also beside a server that runs: nothing is brought up to date. */
async function runBeside(settings, [file, ...words]) {
  ensureDataDir(settings.dataDir)
  await ensureInstalled()
  await importFile(file, words)
}

/** Runs a TypeScript file on the data folder as it is; refuses while a server runs, and none can start meanwhile. */
async function runAlone(settings, [file, ...words]) {
  refuseIfRunning(settings.dataDir)
  await ensureInstalled()
  const data = await takeDataDir(settings.dataDir, null)
  process.on('exit', () => data.release())
  await importFile(file, words)
}

async function importFile(file, words) {
  if (!file || !existsSync(file)) throw new Refusal(`Expected a TypeScript file, and got "${file ?? ''}".`)
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
