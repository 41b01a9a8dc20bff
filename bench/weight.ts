import { type BrowserContext, chromium } from '@playwright/test'
import { startPollux } from '@/e2e/browser/pollux'
import { makeFirstAdmin } from '@/e2e/browser/sign-up'
import { type FirstLoad, firstLoads, gzippedBytes, mostFirstLoadBytes } from './first-load'
import { printFigure, printMachine } from './report'

// The gzipped JavaScript that each page loads first. The build's manifests list the most that it can be; a browser opens
// the pages that need no host, must load nothing beyond, and what it loads is what counts for them.
const looked = ['/sign-in', '/', '/hosts', '/hosts/new', '/hosts/many', '/wizards/scheduler', '/changes', '/settings']

printMachine()
const pollux = await startPollux()
try {
  const pages = firstLoads('.next')
  for (const { path, bytes, files } of pages) console.log(`  ${kilobytes(bytes)}  ${path} (${files.length} files)`)
  const seen = await lookInBrowser(pages)
  const [largest] = pages
    .map(({ path, bytes }) => ({ path, bytes: seen.get(path) ?? bytes }))
    .sort((a, b) => b.bytes - a.bytes)
  if (largest === undefined) throw new Error('expected pages in the build, got none')
  console.log(
    `the heaviest page is ${largest.path}: ${kilobytes(largest.bytes).trim()} of ${mostFirstLoadBytes / 1000} kB`,
  )
  printFigure('weight-largest-page', largest.bytes / mostFirstLoadBytes, 1)
} finally {
  await pollux.remove()
}

/** What a browser loaded of the pages that it can open without a host, in bytes by path. */
async function lookInBrowser(pages: readonly FirstLoad[]): Promise<Map<string, number>> {
  const seen = new Map<string, number>()
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  })
  try {
    const context = await browser.newContext()
    const page = await context.newPage()
    await makeFirstAdmin(page, pollux)
    await page.close()
    for (const path of looked) {
      const listed = pages.find((one) => one.path === path)
      if (listed === undefined) throw new Error(`expected ${path} in the build`)
      // The sign-in page sends those away who are signed in.
      const visitor = path === '/sign-in' ? await browser.newContext() : context
      seen.set(path, compare(listed, await loadedScripts(visitor, `${pollux.url}${path}`)))
    }
    return seen
  } finally {
    await browser.close()
  }
}

/** What a page loads for itself: looking ahead at other pages is held back, as it comes later and for them. */
async function loadedScripts(context: BrowserContext, url: string): Promise<string[]> {
  const page = await context.newPage()
  const seen = new Set<string>()
  await page.route('**/*', (route) => {
    const request = route.request()
    if (request.headers()['rsc'] !== undefined) return route.abort()
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/_next/') && pathname.endsWith('.js')) seen.add(pathname.replace('/_next/', ''))
    return route.continue()
  })
  await page.goto(url, { waitUntil: 'networkidle' })
  await page.close()
  return [...seen].sort()
}

/** The bytes of what was loaded. Throws an Error when the manifests do not list all of it. */
function compare({ path, files }: FirstLoad, loaded: readonly string[]): number {
  const beyond = loaded.filter((file) => !files.includes(file))
  if (loaded.length === 0 || beyond.length > 0)
    throw new Error(
      `${path}: expected scripts that the manifests list, got beside them: ${beyond.join(', ') || 'none at all'}`,
    )
  const bytes = gzippedBytes('.next', loaded)
  console.log(`  ${kilobytes(bytes)}  ${path} in a browser (${loaded.length} of ${files.length} files)`)
  return bytes
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1).padStart(6)} kB`
}
