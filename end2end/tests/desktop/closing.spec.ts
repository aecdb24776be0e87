import { expect, test } from '../../support/fixtures';

test('an owner closes with a description and a transfer, the contact writes, and the target has it with its history', async ({ open, conversation, server }) => {
  const story = await conversation();
  const ana = await open('ana', `/inbox/mine/${story.id}`);
  await ana.reply('Hoy mismo te la aparto');
  await expect(ana.thread.getByText('Hoy mismo te la aparto')).toBeVisible();

  const dialog = await ana.startClosing();
  await dialog.description.fill('Apartada; beto le da seguimiento');
  await dialog.transferTo('Beto');
  await dialog.confirm();
  await expect(ana.row(story.name)).toHaveCount(0);

  await server.contactWrites(story.line, story, '¿Ya puedo pasar por ella?');
  const beto = await open('beto', '/inbox/mine');
  await beto.row(story.name).click();
  for (const text of ['Hola, quiero una lámpara', 'Hoy mismo te la aparto', 'Apartada; beto le da seguimiento', '¿Ya puedo pasar por ella?']) {
    await expect(beto.thread.getByText(text).first()).toBeVisible();
  }
});

test('without a transfer the contact comes back to the owner', async ({ open, conversation, server }) => {
  const story = await conversation();
  const ana = await open('ana', `/inbox/mine/${story.id}`);
  const dialog = await ana.startClosing();
  await dialog.description.fill('Resuelta');
  await dialog.confirm();
  await expect(ana.row(story.name)).toHaveCount(0);
  await server.contactWrites(story.line, story, 'Una cosa más');
  await expect(ana.row(story.name)).toBeVisible();
  const { owner, status } = await server.as('ana@demo.test').get(`/conversations/${story.id}`);
  expect(owner).toBe((await server.as('ana@demo.test').me()).id);
  expect(status).toBe('assigned');
});

test('closing without the required description is refused and keeps what was chosen', async ({ open, conversation, server }) => {
  const story = await conversation();
  const ana = await open('ana', `/inbox/mine/${story.id}`);
  const dialog = await ana.startClosing();
  await dialog.transferTo('Beto');
  await dialog.confirm();
  await expect(dialog.root.getByText(/Falta la descripción/)).toBeVisible();
  await expect(dialog.description).toBeFocused();
  await expect(dialog.target).toContainText('Beto');
  expect((await server.as('ana@demo.test').get(`/conversations/${story.id}`)).status).toBe('assigned');

  await dialog.description.fill('Ahora sí');
  await ana.page.keyboard.press('Escape');
  await expect(dialog.root).toBeHidden();
  const again = await ana.startClosing();
  await expect(again.description).toHaveValue('Ahora sí');
});

test('undo within ten seconds restores state, owner, unread and tags', async ({ open, conversation, server }) => {
  const story = await conversation();
  const admin = server.as('super@demo.test');
  const { items: tags } = await admin.get('/tags');
  await admin.act(story.id, 'tags', { tags: [tags[0].id, tags[1].id] }, 'PUT');
  await server.contactWrites(story.line, story, '¿Hola?');
  const ana = await open('ana', '/inbox/mine');
  const before = await admin.get(`/conversations/${story.id}`);
  expect(before.unread).toBeGreaterThan(0);

  await ana.row(story.name).hover();
  await ana.row(story.name).getByRole('button', { name: /Cerrar conversación/ }).click();
  const dialog = ana.closingDialog();
  await dialog.description.fill('Por error');
  await dialog.transferTo('Beto');
  await dialog.confirm();
  await expect(ana.row(story.name)).toHaveCount(0);

  await ana.page.getByRole('button', { name: /Deshacer/ }).click();
  await expect(ana.row(story.name)).toBeVisible();
  const after = await admin.get(`/conversations/${story.id}`);
  for (const field of ['status', 'owner', 'unread', 'tags', 'archived', 'team']) {
    expect(after[field], field).toEqual(before[field]);
  }
  const { items: episodes } = await admin.get(`/conversations/${story.id}/episodes`);
  expect(episodes[0].closing).toMatchObject({ description: 'Por error', undone: true });
});
