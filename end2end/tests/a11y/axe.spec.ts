import { AxeBuilder } from '@axe-core/playwright';
import { Page } from '@playwright/test';
import { BulkDialog } from '../../pages/inbox';
import { expect, test } from '../../support/fixtures';

async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  return violations.flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.target.join(' ')} – ${node.failureSummary}`));
}

for (const theme of ['light', 'dark'] as const) {
  for (const locale of ['es-MX', 'en-US'] as const) {
    test.describe(`${theme}, ${locale}`, () => {
      test.use({ colorScheme: theme, locale });

      test('axe finds nothing on sign-in, list, thread, filter, closing dialog', async ({ open, conversation, server, browser, contextOptions }) => {
        const stranger = await browser.newContext(contextOptions);
        const door = await stranger.newPage();
        await door.goto(server.url);
        await expect(door.getByRole('button', { name: /Entrar|Iniciar sesión|Sign in/ })).toBeVisible();
        expect(await findings(door)).toEqual([]);
        await stranger.close();

        const story = await conversation();
        const ana = await open('ana', `/inbox/mine/${story.id}`);
        await expect(ana.thread).toBeVisible();
        await expect(ana.row(story.name)).toBeVisible();
        expect(await findings(ana.page)).toEqual([]);

        await ana.thread.getByRole('button', { name: /^(Cerrar conversación|Close conversation)/ }).click();
        await expect(ana.page.getByRole('dialog')).toBeVisible();
        expect(await findings(ana.page)).toEqual([]);
      });

      test('axe finds nothing on a selection, what would happen, a job and its receipt', async ({ open, conversation }) => {
        const lot = `Grupo${Date.now()}`;
        const stories = [await conversation({ name: `Uno ${lot}` }), await conversation({ name: `Dos ${lot}` })];
        const ana = await open('ana', `/inbox/mine/${stories[0]!.id}?q=${lot}`);
        await expect(ana.grid).toHaveAttribute('aria-rowcount', '2');
        await ana.whole();
        await ana.grid.focus();
        await ana.page.keyboard.press('Control+a');
        await ana.rowAt(1).getByRole('checkbox').click();
        await expect(ana.bar()).toBeVisible();
        expect(await findings(ana.page)).toEqual([]);

        for (const key of ['a', 'l']) {
          await ana.page.keyboard.press(key);
          await expect(ana.page.getByRole('dialog')).toBeVisible();
          expect(await findings(ana.page)).toEqual([]);
          await ana.page.keyboard.press('Escape');
          await expect(ana.page.getByRole('dialog')).toBeHidden();
          await ana.grid.focus();
        }
        await ana.page.keyboard.press('e');
        const dialog = new BulkDialog(ana.page);
        await dialog.fill('x');
        expect(await findings(ana.page)).toEqual([]);
        await dialog.confirm();
        await expect(ana.job(/^1 (de|of) 1/)).toBeVisible();
        expect(await findings(ana.page)).toEqual([]);
        await ana.openReceipt(/^1 (de|of) 1/);
        await expect(ana.page.getByRole('table')).toBeVisible();
        expect(await findings(ana.page)).toEqual([]);
      });

      test('axe finds nothing on teams, their two settings, users, lines and a line', async ({ openSettings }) => {
        const { page } = await openSettings('super');
        for (const setting of [/^(Cierre de contactos|Contact closing)/, /^(Asignación de contactos|Contact assignment)/]) {
          await expect(page.getByRole('table')).toBeVisible();
          expect(await findings(page)).toEqual([]);
          await page.getByRole('button', { name: /^(Opciones de|Options of) Ventas México/ }).click();
          await page.getByRole('menuitem', { name: setting }).click();
          await expect(page.getByRole('dialog').getByRole('slider')).toBeVisible();
          await page.getByRole('slider').press('Home');
          await expect(page.getByRole('dialog').locator('[aria-busy="true"]')).toHaveCount(0);
          expect(await findings(page)).toEqual([]);
          await page.keyboard.press('Escape');
          await page.getByText(/^(Descartar cambios|Discard changes)$/).click();
          await expect(page.getByRole('dialog')).toHaveCount(0);
        }
        await page.getByRole('tab', { name: /^(Usuarios|Users)/ }).click();
        await expect(page.getByRole('row').filter({ hasText: 'Ana Torres' })).toBeVisible();
        expect(await findings(page)).toEqual([]);
        await page.getByRole('link', { name: /^(Líneas y bot|Lines and bot)/ }).click();
        await expect(page.getByRole('row').filter({ hasText: 'Tienda en línea' })).toBeVisible();
        expect(await findings(page)).toEqual([]);
        await page.getByRole('button', { name: /Tienda en línea/ }).first().click();
        await expect(page.getByRole('dialog')).toBeVisible();
        expect(await findings(page)).toEqual([]);
      });
    });
  }
}
