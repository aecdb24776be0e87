import { Inbox } from '../../pages/inbox';
import { expect, test } from '../../support/fixtures';
import { jobOver, newestJob } from '../../support/jobs';

// Enough for a job to be met half way.
test.use({ conversations: 20_000 });
test.setTimeout(180_000);

/** Scrolls the list to a position, as somebody at the scroll bar would. */
async function scrollTo(inbox: Inbox, position: number): Promise<void> {
  await inbox.grid.evaluate((grid, index) => {
    const rows = Number(grid.getAttribute('aria-rowcount'));
    grid.scrollTop = (index / rows) * grid.scrollHeight;
  }, position - 3);
  await expect(inbox.rowAt(position)).not.toHaveClass(/coming/);
}

test('a stretch is selected with Shift, also over rows that were never loaded, and scrolling away keeps it', async ({ open }) => {
  const boss = await open('super', '/inbox/all');
  await boss.select('Individualmente');
  await boss.rowAt(2).getByRole('checkbox').click();
  await boss.rowAt(6).click({ modifiers: ['Shift'] });
  await expect(boss.page.getByText('5 seleccionadas').first()).toBeVisible();
  await expect(boss.rowAt(2)).toHaveAttribute('aria-selected', 'true');
  await expect(boss.rowAt(7)).toHaveAttribute('aria-selected', 'false');

  await scrollTo(boss, 700);
  await boss.rowAt(700).getByRole('checkbox').click({ modifiers: ['Shift'] });
  await expect(boss.page.getByText('699 seleccionadas').first()).toBeVisible();
  await scrollTo(boss, 350);
  await expect(boss.rowAt(350)).toHaveAttribute('aria-selected', 'true');
  await boss.page.keyboard.press('Escape');
  await expect(boss.bar()).toBeHidden();
  await expect(boss.grid.getByRole('checkbox')).toHaveCount(0);
});

test('the keyboard alone selects, extends and takes back', async ({ open }) => {
  const boss = await open('super', '/inbox/all');
  const { keyboard } = boss.page;
  await expect(boss.rowAt(3)).toBeVisible();
  await boss.whole();
  await boss.grid.focus();
  await keyboard.press('Home');
  await keyboard.press('x');
  await keyboard.press('Shift+ArrowDown');
  await keyboard.press('Shift+ArrowDown');
  await expect(boss.page.getByText('3 seleccionadas').first()).toBeVisible();
  await keyboard.press('Shift+ArrowUp');
  await expect(boss.page.getByText('2 seleccionadas').first()).toBeVisible();
  await keyboard.press('Control+a');
  await expect(boss.page.getByText(/Todas las que coinciden, también/)).toBeVisible();
  await keyboard.press('x');
  await expect(boss.page.getByText('salvo 1')).toBeVisible();
});

test('all that match but three: what is said to happen happens, and nothing else', async ({ open, server }) => {
  const admin = server.as('super@demo.test');
  const filter = 'view=all&group=open&channel=telegram';
  const { value: matching } = (await admin.get(`/conversations?${filter}&limit=1`)).total;
  const boss = await open('super', '/inbox/all?group=open&channel=telegram');
  await boss.select('Todas las que coinciden');
  const names: string[] = [];
  for (const position of [1, 3, 4]) {
    await boss.rowAt(position).getByRole('checkbox').click();
    names.push((await boss.rowAt(position).getAttribute('id'))!.split('-').at(-1)!);
  }
  await expect(boss.page.getByText('salvo 3')).toBeVisible();
  const dialog = await boss.startBulkClosing();
  const [changes, selected] = await dialog.fill('Cierre de temporada');
  expect(selected).toBe(matching - 3);
  await dialog.confirm();
  await expect(boss.bar()).toBeHidden();

  const { id } = await newestJob(admin);
  const job = await jobOver(admin, id);
  expect([job.done, job.skipped, job.failed]).toEqual([changes, 0, 0]);
  await expect(boss.grid).toHaveAttribute('aria-rowcount', String(matching - changes));
  for (const spared of names) {
    expect(['closed', 'cancelled']).not.toContain((await admin.get(`/conversations/${spared}`)).status);
  }
});

test('what a colleague closed meanwhile is skipped, and the receipt says why', async ({ open, server }) => {
  const admin = server.as('super@demo.test');
  const line = server.lines().find(({ name }) => name === 'Ayuda en línea')!.id;
  const boss = await open('super', `/inbox/all?group=open&line=${line}`);
  await boss.select('Todas las que coinciden');
  const dialog = await boss.startBulkClosing();
  const [changes] = await dialog.fill('Revisadas');
  const { items } = await admin.get(`/conversations?view=all&group=open&line=${line}&limit=5`);
  for (const { id } of items) await admin.act(id, 'close', { description: 'Me adelanté' });
  await dialog.confirm();
  const receipt = await boss.openReceipt(new RegExp(`^${(changes - 5).toLocaleString('es-MX')} de `));
  await receipt.getByRole('tab', { name: /^Omitidas 5/ }).click();
  await expect(receipt.getByRole('row').filter({ hasText: 'Ya está cerrada' })).toHaveCount(5);
});

test('a job of others moves nothing under whoever is reading further down', async ({ open, server }) => {
  const admin = server.as('super@demo.test');
  const boss = await open('super', '/inbox/all');
  await scrollTo(boss, 900);
  // The first row in sight of another channel than the one that is closed: what stays is counted from there.
  const seen = (await boss.grid.boundingBox())!;
  const rows = boss.grid.getByRole('row').filter({ hasNot: boss.page.getByRole('img', { name: 'Correo' }) });
  let first: { id: string | null; y: number } | undefined;
  await expect(async () => {
    const all = await Promise.all((await rows.all()).map(async (row) => ({ id: await row.getAttribute('id'), box: await row.boundingBox({ timeout: 1_000 }) })));
    const inSight = all.filter(({ box }) => box && box.y + box.height > seen.y + 1 && box.y < seen.y + seen.height);
    first = inSight.map(({ id, box }) => ({ id, y: box!.y })).sort((one, other) => one.y - other.y)[0];
    expect(first?.id).toBeTruthy();
  }).toPass();
  const preview = await admin.call('POST', '/bulk/preview', { action: 'close', selection: { filter: 'view=all&group=open&channel=email' } });
  expect(preview.changes).toBeGreaterThan(100);
  const { id } = await admin.call('POST', '/bulk', { preview_id: preview.preview_id, form: { description: 'Correos' } });
  const job = await jobOver(admin, id);
  const total = (await admin.get('/conversations?view=all&group=open&limit=1')).total.value;
  await expect(boss.grid).toHaveAttribute('aria-rowcount', String(total));
  expect(job.done).toBeGreaterThan(100);
  await expect(boss.grid.getByRole('img', { name: 'Correo' })).toHaveCount(0);
  const after = await boss.page.locator(`[id="${first!.id}"]`).boundingBox();
  expect(Math.abs(after!.y - first!.y)).toBeLessThan(2);
});

test('who cannot take them any more fails in part, and trying again mends it', async ({ open, server }) => {
  const lines = server.lines().filter(({ name }) => ['@casanogal', 'Casa Nogal', 'Tienda en línea', 'Vendas Brasil'].includes(name));
  const boss = await open('super', `/inbox/all?group=open&${lines.map(({ id }) => `line=${id}`).join('&')}`);
  await boss.select('Todas las que coinciden');
  const dialog = await boss.startBulkClosing();
  await dialog.root.getByRole('checkbox', { name: /Transferir conversaciones a/ }).check();
  await boss.page.getByRole('option', { name: /Beto Salinas/ }).click();
  await expect(dialog.fate.getByText('pasan a Beto Salinas')).toBeVisible();
  await dialog.fill('Se las lleva otra persona');
  const started = boss.page.waitForResponse((answer) => answer.url().endsWith('/bulk') && answer.request().method() === 'POST');
  await dialog.verb.click();
  const { id } = await (await started).json();
  server.user('beto@demo.test', 'deactivate');
  const admin = server.as('super@demo.test');
  const job = await jobOver(admin, id);
  expect(job.failed, 'the order to let the user out came in time').toBeGreaterThan(0);
  const failed = job.failed.toLocaleString('es-MX');
  const receipt = await boss.openReceipt(/ de .* conversaciones cerradas/);
  await expect(receipt.getByRole('tab', { name: `Con error ${failed}` })).toHaveAttribute('aria-selected', 'true');
  await expect(receipt.getByText('El nuevo responsable no puede atenderla').first()).toBeVisible();

  server.user('beto@demo.test', 'activate');
  await receipt.getByRole('button', { name: `Reintentar ${failed}` }).click();
  const again = await jobOver(admin, id);
  expect([again.failed, again.done]).toEqual([0, job.done + job.failed]);
  await expect(boss.job(new RegExp(`^${again.done.toLocaleString('es-MX')} de `))).toBeVisible();
});

test('undo restores all but the one whose contact wrote since', async ({ open, conversation, server }) => {
  const lot = `Lote${Date.now()}`;
  const stories = [];
  for (const letter of ['Alba', 'Bruno', 'Carla', 'Darío']) stories.push(await conversation({ name: `${letter} ${lot}` }));
  const admin = server.as('super@demo.test');
  const before = new Map<string, any>();
  for (const { id } of stories) before.set(id, await admin.get(`/conversations/${id}`));

  const ana = await open('ana', `/inbox/mine?q=${lot}`);
  await expect(ana.grid).toHaveAttribute('aria-rowcount', '4');
  await ana.select('Todas las que coinciden');
  const dialog = await ana.startBulkClosing();
  expect(await dialog.fill('Por error')).toEqual([4, 4]);
  await dialog.confirm();
  await expect(ana.job(/^4 de 4 conversaciones cerradas/)).toBeVisible();
  const [wrote] = stories;
  await server.contactWrites(wrote!.line, wrote!, 'Una cosa más');

  const receipt = await ana.openReceipt(/^4 de 4 conversaciones cerradas/);
  const address = await receipt.getByRole('link', { name: /Descargar recibo/ }).getAttribute('href');
  const csv = await (await ana.page.request.get(server.url + address!)).text();
  expect(csv.trim().split('\n')).toHaveLength(5);
  await receipt.getByRole('button', { name: 'Deshacer' }).click();
  await expect(ana.job(/^3 de 4 conversaciones devueltas a como estaban/)).toBeVisible();
  for (const { id } of stories.slice(1)) {
    const now = await admin.get(`/conversations/${id}`);
    for (const field of ['status', 'owner', 'unread', 'tags', 'archived', 'team']) {
      expect(now[field], field).toEqual(before.get(id)[field]);
    }
  }
  const undone = await ana.openReceipt(/^3 de 4/);
  await undone.getByRole('tab', { name: /^Omitidas 1/ }).click();
  const skipped = undone.getByRole('row').filter({ hasText: wrote!.name });
  await expect(skipped).toContainText('Cambió mientras tanto');
});

test('another list asks what becomes of the selection', async ({ open }) => {
  const boss = await open('super', '/inbox/all');
  await boss.select('Individualmente');
  await boss.rowAt(1).getByRole('checkbox').click();
  await boss.view('Cerradas').click();
  const asked = boss.page.getByRole('dialog', { name: 'Cambiar de lista' });
  await boss.page.keyboard.press('Escape');
  await expect(asked).toBeHidden();
  await expect(boss.page).toHaveURL(/\/all/);
  await boss.view('Cerradas').click();
  await asked.getByRole('button', { name: 'Conservar selección' }).click();
  await expect(boss.page).toHaveURL(/\/closed/);
  await expect(boss.page.getByText('1 seleccionada').first()).toBeVisible();

  await boss.select('Todas las que coinciden');
  await boss.search.fill('factura');
  await expect(asked).toBeVisible();
  await asked.getByRole('button', { name: 'Volver' }).first().click();
  await expect(boss.search).toHaveValue('');
  await boss.view('Todas').click();
  await asked.getByRole('button', { name: /Quitar selección y cambiar/ }).click();
  await expect(boss.bar()).toBeHidden();
});

test('an agent reaches nobody else\'s conversations by naming them', async ({ server }) => {
  const [admin, ana] = [server.as('super@demo.test'), server.as('ana@demo.test')];
  const foreign = (await ana.me()).campaigns.map((id: string) => `-campaign=${id}`).join('&');
  const theirs = (await admin.get(`/conversations?view=all&group=open&${foreign}&limit=1`)).items[0];
  const preview = await ana.call('POST', '/bulk/preview', { action: 'close', selection: { ids: [theirs.id] }, form: { description: 'x' } });
  expect([preview.changes, preview.excluded]).toEqual([0, [{ reason: 'not_found', count: 1 }]]);
  const start = ana.call('POST', '/bulk', { preview_id: preview.preview_id, form: { description: 'x' } });
  await expect(start).rejects.toThrow(/nothing_to_do/);
  const { items } = await ana.get(`/bulk/${preview.preview_id}/items?result=excluded`);
  expect(JSON.stringify(items)).not.toContain(theirs.contact.address);
});
