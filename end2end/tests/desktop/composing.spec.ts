import { expect, test } from '../../support/fixtures';

test('a reply goes to the contact and a private note does not', async ({ open, conversation, server }) => {
  const story = await conversation();
  const ana = await open('ana', `/inbox/mine/${story.id}`);
  await ana.reply('Con gusto, ¿para qué espacio?');
  await ana.note('Es arquitecta, darle precio de mayoreo');
  await expect(ana.thread.getByText('Con gusto, ¿para qué espacio?')).toBeVisible();
  await expect(ana.thread.getByText('Es arquitecta, darle precio de mayoreo')).toBeVisible();
  const { items } = await server.as('ana@demo.test').get(`/conversations/${story.id}/messages`);
  // The line's bot greeted before anybody answered.
  const byPeople = items.filter((each: any) => each.kind !== 'event' && each.author.kind !== 'bot');
  const kinds = byPeople.map((each: any) => `${each.kind} ${each.direction}`);
  expect(kinds).toEqual(['message in', 'message out', 'note note']);
});

test('drafts stay with their conversation, their kind and the browser', async ({ open, conversation }) => {
  const [one, two] = [await conversation(), await conversation()];
  const ana = await open('ana', `/inbox/mine/${one.id}`);
  await ana.composer().fill('Para la primera');
  await ana.row(two.name).click();
  await expect(ana.composer()).toHaveValue('');
  await ana.composer().fill('Para la segunda');
  await ana.page.getByRole('tab', { name: /Nota privada/ }).click();
  await expect(ana.composer()).toHaveValue('');
  await ana.row(one.name).click();
  await expect(ana.composer()).toHaveValue('Para la primera');
  await expect(ana.row(two.name).getByText(/Borrador/)).toBeVisible();
  await ana.page.reload();
  await expect(ana.composer()).toHaveValue('Para la primera');
});

test('markup in a name and a message stays text', async ({ open, conversation }) => {
  const story = await conversation({
    name: '<img src=x onerror="document.title=1"> Ñandú',
    text: '<script>alert(1)</script><b>negrita</b> &amp; javascript:alert(1)',
  });
  const ana = await open('ana', `/inbox/mine/${story.id}`);
  await expect(ana.row('Ñandú')).toContainText('<img src=x onerror="document.title=1"> Ñandú');
  await expect(ana.thread.getByText('<script>alert(1)</script><b>negrita</b> &amp; javascript:alert(1)')).toBeVisible();
  await expect(ana.page.locator('img[src="x"]')).toHaveCount(0);
  await expect(ana.page.locator('a[href^="javascript"]')).toHaveCount(0);
  expect(await ana.page.title()).not.toBe('1');
});
