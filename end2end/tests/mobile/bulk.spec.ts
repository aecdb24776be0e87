import { expect, test } from '../../support/fixtures';
import { BulkDialog } from '../../pages/inbox';

test('on a phone a finger ticks rows, a sheet says what will happen, and a slim bar leads to the receipt', async ({ open, conversation, server }) => {
  const lot = `Tanda${Date.now()}`;
  const stories = [await conversation({ name: `Uno ${lot}` }), await conversation({ name: `Dos ${lot}` }), await conversation({ name: `Tres ${lot}` })];
  const ana = await open('ana', `/inbox/mine?q=${lot}`);
  await expect(ana.grid).toHaveAttribute('aria-rowcount', '3');
  await ana.select('Individualmente');
  await ana.row(stories[0]!.name).tap();
  await ana.row(stories[2]!.name).tap();
  await expect(ana.page.getByText('2 seleccionadas').first()).toBeVisible();
  for (const name of ['Asignar', 'Etiquetar', 'No leídas', 'Archivar', 'Cerrar']) {
    const box = (await ana.bar().getByRole('button', { name: new RegExp(`^${name}`) }).boundingBox())!;
    expect(Math.min(box.width, box.height), name).toBeGreaterThanOrEqual(40);
  }
  const tick = (await ana.box(stories[0]!.name).boundingBox())!;
  expect(tick.x).toBeGreaterThan(0);

  const dialog = await ana.startBulkClosing();
  expect(await dialog.fill('Desde el teléfono')).toEqual([2, 2]);
  const sheet = (await dialog.root.boundingBox())!;
  expect(sheet.width).toBeLessThanOrEqual(360);
  await dialog.confirm();
  await ana.page.getByRole('button', { name: /2 de 2 conversaciones cerradas/ }).click();
  await expect(ana.page.getByRole('dialog', { name: /2 de 2 conversaciones cerradas/ })).toBeVisible();
  expect((await server.as('ana@demo.test').get(`/conversations/${stories[1]!.id}`)).status).toBe('assigned');
});

test('selecting fits a 320 pixel screen', async ({ open, conversation }) => {
  await conversation();
  const ana = await open('ana', '/inbox/mine');
  await ana.page.setViewportSize({ width: 320, height: 640 });
  await ana.select('Todas las que coinciden');
  const wider = () => ana.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await wider()).toBeLessThanOrEqual(0);
  await ana.bar().getByRole('button', { name: /^Cerrar/ }).click();
  await new BulkDialog(ana.page).figures();
  expect(await wider()).toBeLessThanOrEqual(0);
});
