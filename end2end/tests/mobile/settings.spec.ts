import { Page } from '@playwright/test';
import { expect, test } from '../../support/fixtures';

const wider = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

test('on a phone a team\'s setting is changed from a sheet that fits the screen', async ({ openSettings, server }) => {
  const settings = await openSettings('super');
  const { page } = settings;
  await page.setViewportSize({ width: 320, height: 640 });
  await expect(settings.team('Posventa').first()).toBeVisible();
  expect(await wider(page)).toBeLessThanOrEqual(0);
  const dialog = await settings.open('Posventa', 'Cierre de contactos');
  expect(await wider(page)).toBeLessThanOrEqual(0);
  const box = (await dialog.root.boundingBox())!;
  expect(box.width).toBeLessThanOrEqual(320);
  const { height } = (await dialog.slider.boundingBox())!;
  expect(height, 'a finger takes the slider').toBeGreaterThanOrEqual(44);
  await dialog.slideTo('14 días');
  await dialog.save();
  const team = (await server.as('super@demo.test').get('/teams')).items.find(({ name }: any) => name === 'Posventa');
  expect(team.timing.after_s).toBe(14 * 86_400);

  await page.goto(`${server.url}/admin/lines`);
  await expect(page.getByRole('button', { name: /Tienda en línea/ }).first()).toBeVisible();
  expect(await wider(page)).toBeLessThanOrEqual(0);
  await page.getByRole('button', { name: /Tienda en línea/ }).first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await wider(page)).toBeLessThanOrEqual(0);
});
