import { type BrowserContext, chromium } from '@playwright/test'
import { startPollux } from '@/e2e/browser/pollux'
import { makeFirstAdmin } from '@/e2e/browser/sign-up'
import { type FirstLoad, firstLoads } from './first-load'
import { printFigure, printMachine } from './report'

// The gzipped JavaScript that each page loads first, by the build's manifests; on two pages a browser confirms them.
const targetBytes = 170_000
const looked = ['/sign-in', '/hosts', '/hosts/new']

printMachine()
const pages = firstLoads('.next')
for (const { path, bytes, files } of pages) console.log(`  ${kilobytes(bytes)}  ${path} (${files.length} files)`)
await confirmInBrowser()
const largest = pages[0]
if (largest === undefined) throw new Error('expected pages in the build, got none')
console.log(`the heaviest page is ${largest.path}: ${kilobytes(largest.bytes)} of ${targetBytes / 1000} kB`)
printFigure('weight-largest-page', largest.bytes / targetBytes, 1)

async function confirmInBrowser(): Promise<void> {
  const pollux = await startPollux()
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
      // The sign-in page sends those away who are signed in.
      const visitor = path === '/sign-in' ? await browser.newContext() : context
      compare(path, await loadedScripts(visitor, `${pollux.url}${path}`))
    }
  } finally {
    await browser.close()
    await pollux.remove()
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

function compare(path: string, loaded: readonly string[]): void {
  const listed: FirstLoad | undefined = pages.find((page) => page.path === path)
  if (listed === undefined) throw new Error(`expected ${path} in the build`)
  const missing = listed.files.filter((file) => !loaded.includes(file))
  const beyond = loaded.filter((file) => !listed.files.includes(file))
  if (missing.length + beyond.length > 0)
    throw new Error(
      `${path}: expected the browser to load what the manifests list; not loaded: ${missing.join(', ') || 'none'}; loaded beside: ${beyond.join(', ') || 'none'}`,
    )
  console.log(`  a browser loads exactly the ${loaded.length} files of ${path}`)
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1).padStart(6)} kB`
}
