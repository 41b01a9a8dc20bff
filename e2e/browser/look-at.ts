import { expect, type Page, test } from '@playwright/test'
import { graveFindings, schemes } from './grave-findings'

/**
 * Nothing grave for axe, and nothing wider than a phone. Pictures of the page in light, dark and phone width are left
 * beside the test's results; `what` begins their names.
 */
export async function lookAt(page: Page, what: string): Promise<void> {
  for (const scheme of schemes) {
    expect(await graveFindings(page, scheme), `${what}, ${scheme}`).toEqual([])
    await page.screenshot({ path: test.info().outputPath(`${what}-${scheme}.png`), fullPage: true })
  }
  await page.setViewportSize({ width: 390, height: 844 })
  await page.screenshot({ path: test.info().outputPath(`${what}-phone.png`), fullPage: true })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(wide).toBeLessThanOrEqual(390)
  expect(await coveredButtons(page), what).toEqual([])
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.emulateMedia({ colorScheme: 'light' })
}

/** The main buttons of a page that something else lies over once its form is in view: they stay in view while it is scrolled. */
async function coveredButtons(page: Page): Promise<string[]> {
  await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight / 2))
  return page.locator('.go-acts > *').evaluateAll((buttons) =>
    buttons.flatMap((button) => {
      const { left, top, width, height } = button.getBoundingClientRect()
      const over = document.elementFromPoint(left + width / 2, top + height / 2)
      return button.contains(over) ? [] : [`${button.textContent}: under ${over?.className ?? 'the edge'}`]
    }),
  )
}
