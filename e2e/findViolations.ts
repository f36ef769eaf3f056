import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/**
 * What the accessibility check finds on the page as it stands. It looks from within: frames of other origins, for whose sake it would
 * open a second page each time, are forbidden here.
 */
export async function findViolations(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze()
  return violations
}
