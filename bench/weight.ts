import { type BrowserContext, chromium } from '@playwright/test'
import { startPollux } from '@/e2e/browser/pollux'
import { makeFirstAdmin } from '@/e2e/browser/sign-up'
import { type FirstLoad, firstLoads, gzippedBytes } from './first-load'
import { printFigure, printMachine } from './report'

// The gzipped JavaScript that each page loads first, by the build's manifests. On some pages a browser's own log is held
// against them: it must load nothing that they do not list.
const targetBytes = 170_000
const looked = ['/sign-in', '/', '/hosts', '/hosts/new', '/hosts/many', '/wizards/scheduler', '/changes', '/settings']

printMachine()
const pollux = await startPollux()
try {
  const pages = firstLoads('.next')
  for (const { path, bytes, files } of pages) console.log(`  ${kilobytes(bytes)}  ${path} (${files.length} files)`)
  await confirmInBrowser(pages)
  const largest = pages[0]
  if (largest === undefined) throw new Error('expected pages in the build, got none')
  console.log(`the heaviest page is ${largest.path}: ${kilobytes(largest.bytes).trim()} of ${targetBytes / 1000} kB`)
  printFigure('weight-largest-page', largest.bytes / targetBytes, 1)
} finally {
  await pollux.remove()
}

async function confirmInBrowser(pages: readonly FirstLoad[]): Promise<void> {
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
      compare(listed, await loadedScripts(visitor, `${pollux.url}${path}`))
    }
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

// Some pages carry what shows that nothing was found, some load it when they need it: the manifests count it for all.
function compare({ path, files }: FirstLoad, loaded: readonly string[]): void {
  const beyond = loaded.filter((file) => !files.includes(file))
  if (loaded.length === 0 || beyond.length > 0)
    throw new Error(
      `${path}: expected scripts that the manifests list, got beside them: ${beyond.join(', ') || 'none at all'}`,
    )
  console.log(
    `  ${kilobytes(gzippedBytes('.next', loaded))}  ${path} in a browser (${loaded.length} of ${files.length} files)`,
  )
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1).padStart(6)} kB`
}
