/** The inbox in front of somebody else's API, by a connector file in the page's own worker. */
import { expect, test } from '@playwright/test';
import { Foreign } from '../../support/foreign';

const ROWS = 10_000;
let foreign: Foreign;

test.beforeAll(async () => {
  foreign = await new Foreign(ROWS).start();
});
test.afterAll(() => foreign.stop());

test('a conversation of the foreign API is read and answered', async ({ page }) => {
  await page.goto(foreign.url);
  await page.getByText('Cliente 1', { exact: true }).first().click();
  await expect(page.getByText('Hola, ¿siguen abiertos?')).toBeVisible();
  await page.getByRole('textbox').last().fill('Sí, hasta las ocho.');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => foreign.written).toEqual(['Sí, hasta las ocho.']);
});

test('an expression that does not come to its end is ended, and the inbox works again behind it', async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto(foreign.url);
  const row = page.getByText('Cliente 2', { exact: true }).first();
  await expect(row).toBeVisible({ timeout: 30_000 });
  const engines = () => page.workers().length;
  await expect.poll(engines).toBe(1);
  let ended = false;
  page.workers()[0]!.once('close', () => (ended = true));

  foreign.forever = true;
  await row.click();
  await expect.poll(() => ended, { timeout: 60_000 }).toBe(true);
  const thread = page.getByRole('main');
  await expect(thread.getByRole('button', { name: 'Reintentar' })).toBeVisible({ timeout: 60_000 });
  // Whatever waits for the engine that hangs at this moment is asked for again of the next one.
  await page.getByText('Cliente 4', { exact: true }).first().click();
  await expect(thread.getByText('Hola, ¿siguen abiertos?')).toBeVisible({ timeout: 60_000 });

  foreign.forever = false;
  await row.click();
  await expect(thread.getByRole('heading', { name: 'Cliente 2' })).toBeVisible();
  await expect(thread.getByText('Hola, ¿siguen abiertos?')).toBeVisible({ timeout: 60_000 });
});

test('what the foreign API has not is not offered, and no error stands in its place', async ({ page }) => {
  await page.goto(foreign.url);
  await page.getByText('Cliente 1', { exact: true }).first().click();
  await expect(page.getByText('Hola, ¿siguen abiertos?')).toBeVisible();
  // It has no settings, reminders, archive, mentions, search and earlier conversations, and knows nobody's presence.
  const rail = page.getByRole('navigation');
  await expect(rail.getByRole('link', { name: /Cerradas/ })).toBeVisible();
  for (const name of [/Ajustes/, /Pospuestas/, /Archivadas/, /Menciones/]) await expect(rail.getByRole('link', { name })).toHaveCount(0);
  await expect(page.getByRole('searchbox')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /No leídas/ })).toHaveCount(0);
  const contact = page.getByRole('complementary');
  await expect(contact.getByRole('heading', { name: 'Datos' })).toBeVisible();
  await expect(contact.getByRole('heading', { name: /anteriores/ })).toHaveCount(0);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await rail.getByRole('button', { name: /Ana Ruiz/ }).click();
  await expect(page.getByRole('menuitem', { name: /Preferencias/ })).toBeVisible();
  await expect(page.getByText('Disponibilidad')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('ajustes');
  await expect(page.getByRole('option', { name: /Ajustes/ })).toHaveCount(0);
});

test('what happened over there is told in the words of the foreign API', async ({ page }) => {
  await page.goto(`${foreign.url}/inbox/all/1`);
  await expect(page.getByRole('log').getByText('Ana Ruiz pasó el pedido al taller')).toBeVisible();
});

test('ten thousand rows are mapped without the page standing still', async ({ page }) => {
  await page.addInitScript(() => {
    const long: number[] = [];
    Object.assign(window, { long });
    new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration)))
      .observe({ entryTypes: ['longtask'] });
  });
  await page.goto(foreign.url);
  await expect(page.getByText('Cliente 1', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  // The first look compiles the app; what is measured is the second reading of all rows.
  await page.evaluate(() => ((window as any).long.length = 0));
  const ms = await page.evaluate(async () => {
    const begun = performance.now();
    const answer: Response = await (window as any).bandejaFetch(new Request('/api/v1/conversations?limit=50'));
    await answer.text();
    return performance.now() - begun;
  });
  const long: number[] = await page.evaluate(() => (window as any).long);
  console.log(`${ROWS} rows in ${ms.toFixed(0)} ms, ${((ROWS / ms) * 1000).toFixed(0)} rows/s; long tasks: [${long}]`);
  expect(long.filter((duration) => duration > 50)).toEqual([]);
});
