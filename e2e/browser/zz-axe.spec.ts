import AxeBuilder from '@axe-core/playwright'
import { test } from '@playwright/test'
import { startFilledPollux } from './filled-pollux'
import { makeFirstAdmin } from './sign-up'

test('axe', async ({ browser }) => {
  const pollux = await startFilledPollux()
  try {
    const page = await (await browser.newContext()).newPage()
    await makeFirstAdmin(page, pollux)
    for (const path of ['/hosts', '/settings', '/changes']) {
      await page.goto(pollux.url + path)
      for (let n = 0; n < 2; n += 1)
        for (const legacy of [false, true])
          for (const dark of [false, true]) {
            const begun = performance.now()
            const { violations } = await new AxeBuilder({ page })
              .setLegacyMode(legacy)
              .options({ resultTypes: ['violations'], ...(dark ? { runOnly: ['color-contrast'] } : {}) })
              .analyze()
            console.log(
              path,
              legacy ? 'legacy' : 'default',
              dark ? 'dark' : 'light',
              Math.round(performance.now() - begun),
              violations.length,
            )
          }
    }
  } finally {
    await pollux.remove()
  }
})
