import { expect, test } from '../../support/fixtures';

test('closing in one browser removes the row in another within a second and leaves its focus alone', async ({ open, conversation, server }) => {
  const [target, other] = [await conversation(), await conversation()];
  const ana = await open('ana', '/inbox/mine');
  const boss = await open('super', `/inbox/all/${other.id}`);
  await expect(ana.row(target.name)).toBeVisible();
  await expect(boss.row(target.name)).toBeVisible();
  await boss.composer().fill('Estoy escribiendo');
  await boss.composer().focus();

  await server.as('ana@demo.test').act(target.id, 'close', { description: 'Lista' });
  await expect(boss.row(target.name)).toHaveCount(0, { timeout: 1_000 });
  await expect(ana.row(target.name)).toHaveCount(0, { timeout: 1_000 });
  await expect(boss.composer()).toBeFocused();
  await expect(boss.composer()).toHaveValue('Estoy escribiendo');
});

test('a new message appears in the open thread and moves its row to the top', async ({ open, conversation, server }) => {
  const story = await conversation();
  await conversation();
  const ana = await open('ana', `/inbox/mine/${story.id}`);
  await expect(ana.grid.getByRole('row').first()).not.toContainText(story.name);
  await server.contactWrites(story.line, story, 'Mensaje en vivo');
  await expect(ana.thread.getByText('Mensaje en vivo')).toBeVisible({ timeout: 2_000 });
  await expect(ana.grid.locator('[aria-rowindex="1"]')).toContainText(story.name);
});
