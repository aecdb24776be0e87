/** What customers write at somebody else's API comes in at once where that API has a stream. */
import { expect, test } from '@playwright/test';
import { Foreign } from '../../support/foreign';

for (const adapter of ['sse', 'websocket'] as const) {
  test(`what a customer writes comes in by ${adapter}, though nobody would look for an hour`, async ({ page }) => {
    const foreign = await new Foreign(5, { stream: adapter }).start();
    await page.goto(foreign.url);
    await page.getByText('Cliente 1', { exact: true }).first().click();
    await expect(page.getByText('Hola, ¿siguen abiertos?')).toBeVisible();
    await expect.poll(() => foreign.isHeard).toBe(true);
    // One look follows the opening of a stream, and another may be under way: only the third proves something.
    for (const text of ['¿Hola?', '¿Hay alguien?', 'Bueno, adiós']) {
      foreign.receive(text);
      await expect(page.getByRole('log').getByText(text)).toBeVisible();
    }
    foreign.stop();
  });
}
