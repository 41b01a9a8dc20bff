import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

export const schemes = ['light', 'dark'] as const

/** Something serious or critical for axe: the rule and the piece of the page. */
export interface GraveFinding {
  rule: string
  html: string
}

/**
 * What is grave for axe on the page as it stands, in one theme. The dark one differs in its colours alone, so that only they
 * are looked at; what passes is not gone into, which costs most of the time on a long page.
 * No page has frames, so that axe runs in the page itself, and not once more in an empty one: a half to a quarter of the time.
 */
export async function graveFindings(page: Page, scheme: (typeof schemes)[number]): Promise<GraveFinding[]> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
  const runOnly = scheme === 'dark' ? { runOnly: ['color-contrast'] } : {}
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'], ...runOnly })
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => ({ rule: id, html })))
}
