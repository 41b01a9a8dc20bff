import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'

/**
 * Nothing grave for axe, and nothing wider than a phone. Pictures of the page in light, dark and phone width are left
 * beside the test's results; `what` begins their names.
 */
export async function lookAt(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).analyze()
    const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(grave.map(({ id, nodes }) => [what, colorScheme, id, nodes[0]?.html])).toEqual([])
    await page.screenshot({ path: test.info().outputPath(`${what}-${colorScheme}.png`), fullPage: true })
  }
  await page.setViewportSize({ width: 390, height: 844 })
  await page.screenshot({ path: test.info().outputPath(`${what}-phone.png`), fullPage: true })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(wide).toBeLessThanOrEqual(390)
  expect(await coveredButtons(page), what).toEqual([])
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.emulateMedia({ colorScheme: 'light' })
}

/** The main buttons of a page that stay in view while it is scrolled, and something else lies over. */
function coveredButtons(page: Page): Promise<string[]> {
  return page.locator('.go-acts > *').evaluateAll((buttons) =>
    buttons.flatMap((button) => {
      const { left, top, width, height } = button.getBoundingClientRect()
      const over = document.elementFromPoint(left + width / 2, top + height / 2)
      return button.contains(over) ? [] : [`${button.textContent}: under ${over?.className ?? 'the edge'}`]
    }),
  )
}
