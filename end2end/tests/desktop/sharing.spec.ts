/** Several tabs of one user, and the event stream they have in common. */
import { Inbox } from '../../pages/inbox';
import { expect, test } from '../../support/fixtures';

test('two tabs hold one stream; when its tab is closed the other goes on and misses nothing', async ({ open, conversation, server }) => {
  const ana = await open('ana', '/inbox/mine');
  const leads = () => ana.page.evaluate(async () => (await navigator.locks.query()).held!.length);
  await expect.poll(leads).toBe(1);
  const other = new Inbox(await ana.page.context().newPage(), server.url);
  const streams: string[] = [];
  other.page.on('request', (asked) => {
    if (asked.url().includes('/api/v1/events')) streams.push(asked.headers()['last-event-id'] ?? 'none');
  });
  await other.page.goto(`${server.url}/inbox/mine`);
  await expect(other.ready).toBeVisible();

  const first = await conversation();
  await expect(ana.row(first.name)).toBeVisible();
  await expect(other.row(first.name)).toBeVisible();
  expect(streams).toEqual([]);

  await ana.page.close();
  const meanwhile = await conversation();
  await expect(other.row(meanwhile.name)).toBeVisible();
  expect(streams).toHaveLength(1);
  expect(streams[0]).toMatch(/^\d+$/);
});
