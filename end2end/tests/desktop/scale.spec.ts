import { expect, test } from '../../support/fixtures';

test.use({ conversations: 20_000 });

test('a list of 20,000 reaches any position with a bounded number of rows in the page', async ({ open, server }) => {
  test.setTimeout(180_000);
  const boss = await open('super', '/inbox/all');
  const total = (await server.as('super@demo.test').get('/conversations?view=all&limit=1')).total.value;
  expect(total).toBeGreaterThan(10_000);
  // Every state, not the open ones alone.
  await boss.page.getByRole('button', { name: /^Quitar filtro.*Abiertas/i }).click();
  await expect(boss.grid).toHaveAttribute('aria-rowcount', String(total));

  const viewport = boss.grid;
  for (const part of [0.5, 0.97, 0.13, 1, 0]) {
    const index = await viewport.evaluate((grid, share) => {
      let box: Element | null = grid;
      while (box && box.scrollHeight <= box.clientHeight) box = box.parentElement;
      box!.scrollTop = share * (box!.scrollHeight - box!.clientHeight);
      return Math.round(share * Number(grid.getAttribute('aria-rowcount')));
    }, part);
    const rows = boss.grid.getByRole('row');
    await expect.poll(async () => {
      const shown = await rows.evaluateAll((all) => all
        .filter((row) => row.getAttribute('aria-busy') !== 'true')
        .map((row) => Number(row.getAttribute('aria-rowindex'))));
      return shown.length > 0 && shown.some((at) => Math.abs(at - index) < 30);
    }, { message: `rows near ${index}` }).toBe(true);
    expect(await rows.count()).toBeLessThanOrEqual(80);
  }
});
