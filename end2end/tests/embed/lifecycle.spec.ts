/** What an element leaves behind when it goes: nothing. */
import { CDPSession } from '@playwright/test';
import { CrmPage, expect, inboxOf, test } from '../../support/embedding';

test.use({ conversations: 40 });

/** Nodes and listeners of the page, once what nobody holds is gone. */
async function held(devtools: CDPSession): Promise<{ nodes: number; listeners: number }> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const of = (name: string) => metrics.find((metric) => metric.name === name)!.value;
  return { nodes: of('Nodes'), listeners: of('JSEventListeners') };
}

/** Puts an element in, waits until it works, and takes it away, so many times. */
async function comeAndGo(page: CrmPage, times: number): Promise<void> {
  for (let done = 0; done < times; done += 1) {
    await page.page.evaluate(() => {
      const column = document.getElementById('column')!;
      const inbox = document.createElement('bandeja-inbox');
      inbox.dataset.user = 'ana';
      inbox.setAttribute('locale', 'es');
      (window as any).giveTokens(inbox);
      column.append(inbox);
    });
    await expect(page.inbox().grid.getByRole('row').first()).toBeVisible();
    await page.page.evaluate(async () => {
      document.querySelector('bandeja-inbox')!.remove();
      document.getElementById('told')!.replaceChildren();
      // The end comes when the page has had the chance to put it elsewhere.
      await new Promise((gone) => setTimeout(gone, 50));
    });
  }
}

test('elements that come and go leave no nodes and no listeners behind', async ({ crm }) => {
  const page = await crm({ body: '' });
  const devtools = await page.page.context().newCDPSession(page.page);
  await devtools.send('Performance.enable');
  await comeAndGo(page, 5);
  const before = await held(devtools);
  await comeAndGo(page, 20);
  const after = await held(devtools);
  // An inbox has some 1,500 nodes and 100 listeners; twenty of them would show.
  expect(after.nodes - before.nodes).toBeLessThan(500);
  expect(after.listeners - before.listeners).toBeLessThan(20);
});

test('an element that comes later stands without fetching anything of the program again', async ({ crm }) => {
  const page = await crm({ body: inboxOf('ana') });
  await expect(page.inbox().grid.getByRole('row').first()).toBeVisible();
  const fetched = () => page.page.evaluate(() =>
    performance.getEntriesByType('resource').filter(({ name }) => /\/embed-[0-9a-f]+\//.test(name)).length);
  const before = await fetched();
  expect(before).toBeGreaterThan(5);
  await page.page.evaluate(() => document.querySelector('bandeja-inbox')!.remove());
  const shape = await page.page.evaluate(async () => {
    const later = document.createElement('bandeja-inbox');
    later.dataset.user = 'ana';
    (window as any).giveTokens(later);
    document.getElementById('column')!.append(later);
    await new Promise((done) => requestAnimationFrame(done));
    return later.shadowRoot!.querySelectorAll('.frame').length;
  });
  // Its panes stand with the next picture; what is in them, the server says.
  expect(shape).toBe(1);
  await expect(page.inbox().grid.getByRole('row').first()).toBeVisible();
  expect(await fetched()).toBe(before);
});

test('what was opened by an element that is taken away is no more: its stream ends', async ({ crm, host }) => {
  const page = await crm({ body: inboxOf('ana') });
  await expect(page.inbox().grid.getByRole('row').first()).toBeVisible();
  await expect.poll(() => host.openStreams).toBe(1);
  await page.page.evaluate(() => document.querySelector('bandeja-inbox')!.remove());
  await expect.poll(() => host.openStreams).toBe(0);
});

test('what is typed in one element of a user stands in the other, and in another tab', async ({ crm, conversation, host, context }) => {
  const story = await conversation({ owner: 'ana' });
  const page = await crm({ body: inboxOf('ana') + inboxOf('ana') });
  const tab = await context.newPage();
  await tab.goto(host.url);
  const inboxes = [page.inbox(0), page.inbox(1), new CrmPage(tab, host).inbox(0)];
  for (const inbox of inboxes) await inbox.row(story.name).click();
  const [first, second, third] = inboxes;
  await first!.composer().fill('a medias');
  for (const inbox of [second!, third!]) await expect(inbox.composer()).toHaveValue('a medias');
  await second!.composer().fill('ya completo');
  await second!.composer().press('Control+Enter');
  for (const inbox of inboxes) {
    await expect(inbox.thread.getByRole('log').getByText('ya completo')).toBeVisible();
    await expect(inbox.composer()).toHaveValue('');
  }
});

test('two elements of one user hold one stream; when one is taken away the other goes on', async ({ crm, conversation, host }) => {
  const page = await crm({ body: inboxOf('ana') + inboxOf('ana') });
  await page.wasTold('ready ana@demo.test', 2);
  const before = await conversation({ owner: 'ana' });
  await expect(page.inbox(0).row(before.name)).toBeVisible();
  await expect(page.inbox(1).row(before.name)).toBeVisible();
  expect(host.openStreams).toBe(1);
  await page.page.evaluate(() => document.querySelector('bandeja-inbox')!.remove());
  const after = await conversation({ owner: 'ana' });
  await expect(page.inbox().row(after.name)).toBeVisible();
  expect(host.openStreams).toBe(1);
});
