import { BulkDialog } from '../../pages/inbox';
import { expect, test } from '../../support/fixtures';

test('without a mouse: find a conversation, open it, answer it, close it', async ({ open, conversation, server }) => {
  const story = await conversation();
  const ana = await open('ana', '/inbox/mine');
  const { keyboard } = ana.page;
  await keyboard.press('/');
  await expect(ana.search).toBeFocused();
  await keyboard.type(story.name);
  await expect(ana.grid).toHaveAttribute('aria-rowcount', '1');
  await ana.grid.focus();
  await keyboard.press('ArrowDown');
  await expect(ana.grid).toHaveAttribute('aria-activedescendant', new RegExp(story.id));
  await keyboard.press('Enter');
  await expect(ana.thread).toBeVisible();
  await ana.composer().focus();
  await keyboard.type('Sin ratón');
  await keyboard.press('Control+Enter');
  await expect(ana.thread.getByText('Sin ratón')).toBeVisible();

  await ana.grid.focus();
  await keyboard.press('e');
  const dialog = ana.closingDialog();
  await expect(dialog.description).toBeFocused();
  await keyboard.type('Lista');
  await keyboard.press('Control+Enter');
  await expect(dialog.root).toBeHidden();
  expect((await server.as('ana@demo.test').get(`/conversations/${story.id}`)).status).toBe('closed');
});

test('the active row stays with its conversation when others enter above it', async ({ open, conversation, server }) => {
  const [first, second] = [await conversation(), await conversation()];
  const ana = await open('ana', '/inbox/mine');
  await expect(ana.row(second.name)).toBeVisible();
  await ana.grid.focus();
  for (let step = 0; step < 40; step += 1) {
    if ((await ana.grid.getAttribute('aria-activedescendant'))?.includes(second.id)) break;
    await ana.page.keyboard.press('ArrowDown');
  }
  const active = await ana.grid.getAttribute('aria-activedescendant');
  expect(active).toContain(second.id);
  await server.contactWrites(first.line, first, 'Entro por encima');
  await expect(ana.grid.locator('[aria-rowindex="1"]')).toContainText(first.name);
  expect(await ana.grid.getAttribute('aria-activedescendant')).toBe(active);
  await expect(ana.grid).toBeFocused();
});

test('without a mouse: select two, close them, read the receipt, take it back', async ({ open, conversation, server }) => {
  const lot = `Teclas${Date.now()}`;
  const stories = [await conversation({ name: `Uno ${lot}` }), await conversation({ name: `Dos ${lot}` })];
  const ana = await open('ana', `/inbox/mine?q=${lot}`);
  await ana.whole();
  const { keyboard } = ana.page;
  await expect(ana.grid).toHaveAttribute('aria-rowcount', '2');
  await ana.grid.focus();
  await keyboard.press('Home');
  await keyboard.press('x');
  await keyboard.press('Shift+ArrowDown');
  await expect(ana.page.getByText('2 seleccionadas').first()).toBeVisible();
  await keyboard.press('e');
  const dialog = new BulkDialog(ana.page);
  await expect(dialog.description).toBeFocused();
  await dialog.figures();
  await keyboard.type('Las dos');
  await keyboard.press('Control+Enter');
  await expect(dialog.root).toBeHidden();
  await expect(ana.job(/^2 de 2/)).toBeVisible();

  await keyboard.press('Control+k');
  await keyboard.type('trabajos recientes');
  await keyboard.press('Enter');
  const recent = ana.page.getByRole('dialog', { name: 'Trabajos recientes' });
  await recent.getByRole('button', { name: /^2 de 2/ }).focus();
  await keyboard.press('Enter');
  const receipt = ana.page.getByRole('dialog', { name: /^2 de 2/ });
  await receipt.getByRole('button', { name: 'Deshacer' }).focus();
  await keyboard.press('Enter');
  await expect(receipt).toBeHidden();
  await expect(ana.job(/^2 de 2 conversaciones devueltas/)).toBeVisible();
  for (const { id } of stories) {
    expect((await server.as('ana@demo.test').get(`/conversations/${id}`)).status).toBe('assigned');
  }
});

test('a key meant for a dialog never reaches what is behind it, wherever the focus is', async ({ open, conversation }) => {
  const lot = `Foco${Date.now()}`;
  for (const name of ['Uno', 'Dos']) await conversation({ name: `${name} ${lot}` });
  const ana = await open('ana', `/inbox/mine?q=${lot}`);
  await ana.whole();
  await expect(ana.grid).toHaveAttribute('aria-rowcount', '2');
  await ana.grid.focus();
  await ana.page.keyboard.press('Control+a');
  await ana.page.keyboard.press('e');
  const dialog = new BulkDialog(ana.page);
  await dialog.figures();
  // As when what has the focus goes away.
  await ana.page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await ana.page.keyboard.press('Escape');
  await expect(dialog.root).toBeHidden();
  await expect(ana.bar()).toBeVisible();
});
