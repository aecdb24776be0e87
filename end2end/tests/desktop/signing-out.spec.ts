/** Leaving, from the middle of work. */
import { expect, test } from '../../support/fixtures';

test('signing out with a conversation open leads to the sign-in, and leaves nothing of it behind', async ({ open, conversation }) => {
  const story = await conversation({ owner: 'ana' });
  const inbox = await open('ana');
  await inbox.goTo(story.id);
  await inbox.composer().fill('a medias');
  await inbox.page.getByRole('navigation').getByRole('button').last().click();
  await inbox.page.getByRole('menuitem', { name: /Cerrar sesión/ }).click();
  await expect(inbox.page.getByRole('heading', { name: /Inicia sesión/ })).toBeVisible();
  await expect(inbox.page.getByText(story.name)).toHaveCount(0);
  expect(await inbox.page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('a medias');
});
