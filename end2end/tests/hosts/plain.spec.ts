/** A page without tools: hostile style, a `<base>`, its own keys, and the package served as it is. */
import type { Page } from '@playwright/test';
import { expect, storiesOf, test } from '../../support/host-stories';

storiesOf('plain');

/**
 * How everything in the element looks, kept for the next time; gives what looks different since the last.
 */
function changedLooks(page: Page): Promise<{ seen: number; changed: string[] }> {
  return page.evaluate(() => {
    const names = ['display', 'color', 'background-color', 'font-size', 'font-style', 'font-weight', 'font-family', 'line-height',
      'letter-spacing', 'word-spacing', 'text-align', 'text-indent', 'text-transform', 'text-shadow', 'white-space', 'box-sizing',
      'padding', 'margin', 'border', 'cursor', 'user-select', 'list-style', 'z-index', 'width', 'height'];
    const last: Map<Element, string[]> = (window as any).looks ?? new Map();
    const now = new Map<Element, string[]>();
    const changed = new Set<string>();
    for (const element of document.querySelector('bandeja-inbox')!.shadowRoot!.querySelectorAll('*')) {
      const style = getComputedStyle(element);
      const look = names.map((name) => `${name}: ${style.getPropertyValue(name)}`);
      now.set(element, look);
      const before = last.get(element) ?? look;
      look.forEach((each, at) => each !== before[at] && changed.add(`${element.localName} ${each}, before ${before[at]}`));
    }
    (window as any).looks = now;
    return { seen: now.size, changed: [...changed] };
  });
}

test('the most hostile style sheet of a page changes nothing inside', async ({ host, conversation }) => {
  const [story] = [await conversation({ owner: 'ana' }), await conversation({ owner: 'ana' })];
  const page = await host();
  await page.inbox().row(story.name).click();
  await expect(page.inbox().composer()).toBeVisible();
  // The last that comes by itself.
  await expect(page.unread).toHaveText(/^\d+$/);
  // What the pointer rests on looks different, and it would rest on something else.
  await page.page.mouse.move(0, 0);
  const width = await page.inbox().element.evaluate((element) => getComputedStyle(element).width);
  expect((await changedLooks(page.page)).seen).toBeGreaterThan(200);
  await page.inbox().element.evaluate((element, width) => {
    document.querySelector<HTMLLinkElement>('#hostile')!.disabled = true;
    element.style.width = width;
  }, width);
  expect((await changedLooks(page.page)).changed).toEqual([]);
});

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
