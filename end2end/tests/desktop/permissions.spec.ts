import { expect, test } from '../../support/fixtures';

test('an admin of one campaign sees nothing of another, not even a count', async ({ open, server }) => {
  const [everything, mine] = [server.as('super@demo.test'), server.as('admin@demo.test')];
  const me = await mine.me();
  const all = await everything.get('/conversations?limit=1');
  const own = await everything.get(`/conversations?${me.campaigns.map((id: string) => `campaign=${id}`).join('&')}&limit=1`);
  const foreign = await everything.get(`/conversations?${me.campaigns.map((id: string) => `-campaign=${id}`).join('&')}&limit=1`);
  expect(all.total.value).toBe(own.total.value + foreign.total.value);
  expect(foreign.total.value).toBeGreaterThan(0);

  const admin = await open('admin', '/inbox/all');
  const { views } = await mine.get('/conversations/counts');
  await expect(admin.grid).toHaveAttribute('aria-rowcount', String(views.all));
  expect((await mine.get('/conversations?limit=1')).total.value).toBe(own.total.value);

  await admin.page.goto(`${admin.url}/inbox/all/${foreign.items[0].id}`);
  await expect(admin.page.getByText(/No encontramos esta conversación/).first()).toBeVisible();
  await expect(admin.page.getByText(foreign.items[0].contact.name, { exact: true })).toHaveCount(0);
});
