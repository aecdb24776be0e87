import { expect, test } from '../../support/fixtures';

test('a filter by channel, tag and status survives a reload and a shared link', async ({ open, conversation, server }) => {
  const story = await conversation({ channel: 'instagram' });
  await conversation({ channel: 'instagram' });
  const admin = server.as('super@demo.test');
  const { items: tags } = await admin.get('/tags');
  await admin.act(story.id, 'tags', { tags: [tags[0].id] }, 'PUT');

  const boss = await open('super', '/inbox/all');
  const choose = async (field: RegExp, option: RegExp) => {
    await boss.page.getByRole('button', { name: 'Filtros' }).click();
    await boss.page.getByRole('menuitem', { name: field }).click();
    await boss.page.getByRole('option', { name: option }).click();
    await boss.page.keyboard.press('Escape');
  };
  await choose(/canal/i, /Instagram/);
  await choose(/etiqueta/i, new RegExp(tags[0].name));
  await choose(/^Estado exacto/, /Asignada/);
  await expect(boss.page).toHaveURL(/channel=instagram/);
  await expect(boss.row(story.name)).toBeVisible();
  const rows = await boss.grid.getAttribute('aria-rowcount');

  await boss.page.reload();
  await expect(boss.row(story.name)).toBeVisible();
  expect(await boss.grid.getAttribute('aria-rowcount')).toBe(rows);

  const link = boss.page.url().replace(boss.url, '');
  const colleague = await open('super', link);
  await expect(colleague.row(story.name)).toBeVisible();
  expect(await colleague.grid.getAttribute('aria-rowcount')).toBe(rows);
  expect(await colleague.page.getByRole('button', { name: /^Quitar filtro/ }).count()).toBeGreaterThanOrEqual(3);
});

test('text search finds a contact without accents and a word of a message', async ({ open, conversation }) => {
  const word = `zafiro${Date.now()}`;
  const story = await conversation({ name: `Águeda Ibáñez ${word}`, text: `Busco el modelo ${word}x` });
  const ana = await open('ana', '/inbox/mine');
  await ana.search.fill(`agueda ibanez ${word}`);
  await expect(ana.grid).toHaveAttribute('aria-rowcount', '1');
  await ana.search.fill(`${word}x`);
  await expect(ana.row(story.name)).toBeVisible();
  await expect(ana.page).toHaveURL(/q=/);
});
