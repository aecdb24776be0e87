import { expect, test } from '../../support/fixtures';

test('on a phone the list gives way to the thread, and back returns to the same row', async ({ open, conversation }) => {
  const story = await conversation();
  const ana = await open('ana', '/inbox/mine');
  await ana.row(story.name).click();
  await expect(ana.thread).toBeVisible();
  await expect(ana.grid).toBeHidden();
  await ana.page.getByRole('button', { name: /^Volver/ }).click();
  await expect(ana.row(story.name)).toBeVisible();
  await expect(ana.thread).toBeHidden();
});

test('on a phone a conversation is closed from a sheet that fits the screen', async ({ open, conversation, server }) => {
  const story = await conversation();
  const ana = await open('ana', `/inbox/mine/${story.id}`);
  const dialog = await ana.startClosing();
  await dialog.description.fill('Desde el teléfono');
  const box = (await dialog.root.boundingBox())!;
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.width).toBeLessThanOrEqual(360);
  await dialog.confirm();
  await expect(dialog.root).toBeHidden();
  expect((await server.as('ana@demo.test').get(`/conversations/${story.id}`)).status).toBe('closed');
});

test('nothing is wider than a 320 pixel screen', async ({ open, conversation }) => {
  const story = await conversation({ name: 'Un nombre larguísimo de sesenta caracteres para ver si cabe bien' });
  const ana = await open('ana', '/inbox/mine');
  await ana.page.setViewportSize({ width: 320, height: 640 });
  const wider = () => ana.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await wider()).toBeLessThanOrEqual(0);
  await ana.row(story.name).click();
  await expect(ana.thread).toBeVisible();
  expect(await wider()).toBeLessThanOrEqual(0);
});
