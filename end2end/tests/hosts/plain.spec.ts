/** A page without tools: hostile style, a `<base>`, its own keys, and the package served as it is. */
import { expect, storiesOf, test } from '../../support/host-stories';

storiesOf('plain');

test('a dialog stands above what the page put above everything', async ({ host, conversation }) => {
  const story = await conversation({ owner: 'ana' });
  const page = await host();
  await page.inbox().row(story.name).click();
  const atBanner = () => page.page.evaluate(() => {
    const { left, top, width, height } = document.getElementById('banner')!.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2)!.localName;
  });
  expect(await atBanner()).toBe('div');
  await page.inbox().thread.getByRole('button', { name: /^Cerrar conversación/ }).click();
  await expect(page.inbox().closing()).toBeVisible();
  expect(await atBanner()).toBe('bandeja-inbox');
});
