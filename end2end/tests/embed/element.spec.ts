/** The inbox as an element of somebody else's page. */
import { Inbox } from '../../pages/inbox';
import { expect, inboxOf, test } from '../../support/embedding';

test.use({ conversations: 40 });

test('an agent works in a CRM page without signing in, and the page stays what it was', async ({ crm, conversation }) => {
  const story = await conversation({ owner: 'ana' });
  const page = await crm({ body: inboxOf('ana') });
  const before = await page.page.evaluate(() => [location.href, document.title, history.length]);
  const inbox = page.inbox();
  await inbox.row(story.name).click();
  await expect(inbox.thread.getByText('Hola, quiero una lámpara')).toBeVisible();
  await page.wasTold('ready ana@demo.test');
  await page.wasTold(`conversation-opened ${story.name}`);
  await inbox.composer().fill('Claro, ¿cuál?');
  await inbox.element.getByRole('button', { name: 'Enviar', exact: true }).click();
  await expect(inbox.thread.getByRole('log').getByText('Claro, ¿cuál?')).toBeVisible();
  expect(await page.page.evaluate(() => [location.href, document.title, history.length])).toEqual(before);
  expect(page.host.tokens).toBe(1);
  // The page asks for Trusted Types, which refuse markup: icons are drawn all the same.
  await expect(inbox.element.getByRole('button', { name: /^Cerrar conversación/ }).locator('svg > *').first()).toBeAttached();
});

test('closing a conversation tells the page whose it was', async ({ crm, conversation, server }) => {
  const story = await conversation({ owner: 'ana' });
  const page = await crm({ body: inboxOf('ana') });
  const dialog = await page.inbox().startClosing(story.name);
  await dialog.getByRole('button', { name: 'Cerrar conversación' }).click();
  await page.wasTold('conversation-closed close');
  await expect(page.inbox().row(story.name)).toHaveCount(0);
  expect((await server.as('ana@demo.test').get(`/conversations/${story.id}`)).status).toBe('closed');
});

test('a page may refuse a closing with a reason, and ask for a field of its own', async ({ crm, conversation, server }) => {
  const story = await conversation({ owner: 'ana' });
  const page = await crm({
    body: inboxOf('ana'),
    script: `
      let refusals = 1;
      document.addEventListener('bandeja:before-close', ({ detail }) => {
        if (refusals-- > 0) detail.veto('Falta cobrar el pedido 2247');
        else detail.require({ name: 'order', label: 'Número de pedido' });
      });
      document.addEventListener('bandeja:conversation-closed', ({ detail }) => {
        document.getElementById('search').value = detail.values.order;
      });`,
  });
  const dialog = await page.inbox().startClosing(story.name);
  const close = dialog.getByRole('button', { name: 'Cerrar conversación' });
  await close.click();
  await expect(dialog.getByText('Falta cobrar el pedido 2247')).toBeVisible();
  await close.click();
  const order = dialog.getByRole('textbox', { name: 'Número de pedido' });
  await expect(order).toBeVisible();
  expect((await server.as('ana@demo.test').get(`/conversations/${story.id}`)).status).not.toBe('closed');
  await close.click();
  await expect(order).toHaveAttribute('aria-invalid', 'true');
  await order.fill('P-2247');
  await close.click();
  await expect(dialog).toBeHidden();
  await expect(page.search).toHaveValue('P-2247');
});

test('a page is asked once about many, and may ask for a field of its own', async ({ crm, conversation, server }) => {
  const lot = `Grupo${Date.now()}`;
  const stories = [];
  for (const one of ['Uno', 'Dos']) stories.push(await conversation({ name: `${one} ${lot}` }));
  const page = await crm({
    body: inboxOf('ana', `view="all" filter="q=${lot}"`),
    script: `
      document.addEventListener('bandeja:before-close', ({ detail }) => {
        detail.require({ name: 'batch', label: 'Número de lote' });
        if (detail.values.batch) document.getElementById('search').value = JSON.stringify([detail.many, detail.how, detail.values]);
      });`,
  });
  await expect(page.inbox().grid).toHaveAttribute('aria-rowcount', '2');
  const inbox = new Inbox(page.page, '');
  await inbox.select('Todas las que coinciden');
  const dialog = await inbox.startBulkClosing();
  await dialog.fill('Cerradas desde el CRM');
  await dialog.verb.click();
  const batch = dialog.root.getByRole('textbox', { name: 'Número de lote' });
  await expect(batch).toBeVisible();
  expect((await server.as('ana@demo.test').get(`/conversations/${stories[0]!.id}`)).status).not.toBe('closed');
  await batch.fill('L-7');
  await dialog.confirm();
  await page.wasTold('bulk-finished');
  const [many, how, values] = JSON.parse(await page.search.inputValue());
  expect([many.count, how, values]).toEqual([2, 'close', { batch: 'L-7' }]);
  expect(new URLSearchParams(many.filter).get('q')).toBe(lot);
  for (const { id } of stories) expect((await server.as('ana@demo.test').get(`/conversations/${id}`)).status).toBe('closed');
});

test('language, theme and layout follow their attributes', async ({ crm }) => {
  const page = await crm({ body: inboxOf('ana') });
  const inbox = page.inbox();
  await expect(inbox.element.getByRole('searchbox', { name: /Buscar/ })).toBeVisible();
  await inbox.set('locale', 'en');
  await expect(inbox.element.getByRole('searchbox', { name: /Search/ })).toBeVisible();
  const ground = () => inbox.element.getByRole('region').first().evaluate((pane) => getComputedStyle(pane).backgroundColor);
  const light = await ground();
  await inbox.set('theme', 'dark');
  await expect.poll(ground).not.toBe(light);
  await expect(inbox.thread).toBeVisible();
  await inbox.set('layout', 'list');
  await expect(inbox.thread).toHaveCount(0);
  await inbox.set('layout', 'thread');
  await expect(inbox.thread).toBeVisible();
  await expect(inbox.grid).toHaveCount(0);
});

test('view, filter, conversation and what can be done follow their attributes', async ({ crm, conversation }) => {
  const [open, other] = [await conversation({ owner: 'ana' }), await conversation({ owner: 'beto', channel: 'email' })];
  const page = await crm({ body: inboxOf('ana') });
  const inbox = page.inbox();
  await expect(inbox.row(open.name)).toBeVisible();
  await inbox.set('view', 'all');
  await expect(inbox.row(other.name)).toBeVisible();
  await inbox.set('filter', 'channel=email');
  await expect(inbox.row(open.name)).toHaveCount(0);
  await inbox.set('conversation-id', open.id);
  await expect(inbox.thread.getByRole('heading', { name: open.name })).toBeVisible();
  await inbox.set('features', 'note');
  const close = inbox.thread.getByRole('button', { name: /^Cerrar conversación/ });
  await expect(close).toBeDisabled();
  await inbox.set('features', null);
  await expect(close).toBeEnabled();
  await inbox.set('readonly', '');
  await expect(close).toBeDisabled();
  await inbox.set('readonly', null);
  await expect(close).toBeEnabled();
  await inbox.set('conversation-id', null);
  await expect(inbox.thread.getByText('Elige una conversación')).toBeVisible();
  const height = async () => (await inbox.grid.getByRole('row').first().boundingBox())!.height;
  const comfortable = await height();
  await inbox.set('density', 'compact');
  await expect.poll(height).toBeLessThan(comfortable);
});

test('values that mean nothing count as absent, and disturb nobody', async ({ crm, conversation }) => {
  const story = await conversation({ owner: 'ana' });
  const rubbish = 'theme="plaid" density="cosy" view="nowhere" layout="table" features="fly" filter="chanel=sms" data-x="1"';
  const page = await crm({ body: inboxOf('ana', rubbish).replace('locale="es"', 'locale="tlh"') });
  const inbox = page.inbox();
  await page.wasTold('error filter');
  await inbox.set('filter', null);
  await expect(inbox.row(story.name)).toBeVisible();
  await expect(inbox.thread).toBeVisible();
  await inbox.set('conversation-id', 'nobody knows it');
  await inbox.set('theme', '');
  await expect(inbox.grid).toBeVisible();
});

test('two elements of two users stand side by side and share nothing', async ({ crm, conversation }) => {
  const [anas, betos] = [await conversation({ owner: 'ana' }), await conversation({ owner: 'beto' })];
  const page = await crm({ body: inboxOf('ana') + inboxOf('beto') });
  const [ana, beto] = [page.inbox(0), page.inbox(1)];
  await page.wasTold('ready ana@demo.test');
  await page.wasTold('ready beto@demo.test');
  await expect(ana.row(anas.name)).toBeVisible();
  await expect(beto.row(betos.name)).toBeVisible();
  await expect(ana.row(betos.name)).toHaveCount(0);
  await ana.row(anas.name).click();
  await ana.composer().fill('solo de Ana');
  await expect(beto.thread.getByText('Elige una conversación')).toBeVisible();
  // One program for both.
  const fetched = await page.page.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name));
  expect(fetched.filter((name) => name.endsWith('bandeja-embed_bg.wasm'))).toHaveLength(1);
});

test('an element that is moved goes on; one that is taken away ends, and can come back', async ({ crm, conversation, host }) => {
  const story = await conversation({ owner: 'ana' });
  const page = await crm({ body: `<div id="one">${inboxOf('ana')}</div><div id="two"></div>` });
  await page.inbox().row(story.name).click();
  await page.inbox().composer().fill('a medias');
  await page.page.evaluate(() => document.getElementById('two')!.append(document.querySelector('bandeja-inbox')!));
  await expect(page.inbox().composer()).toHaveValue('a medias');
  expect(host.calls.filter((call) => call === 'GET /api/v1/session')).toHaveLength(1);

  await page.page.evaluate(() => {
    const inbox = document.querySelector('bandeja-inbox')!;
    (window as any).kept = inbox;
    inbox.remove();
  });
  await expect.poll(() => page.page.evaluate(() => (window as any).kept.shadowRoot.childElementCount)).toBe(0);
  await page.page.evaluate(() => document.getElementById('one')!.append((window as any).kept));
  await page.wasTold('ready ana@demo.test', 2);
  await page.inbox().row(story.name).click();
  await expect(page.inbox().composer()).toHaveValue('a medias');
});

test('keys belong to whoever has the focus', async ({ crm, conversation }) => {
  const story = await conversation({ owner: 'ana' });
  const page = await crm({ body: inboxOf('ana') });
  const inbox = page.inbox();
  await inbox.row(story.name).click();
  await page.search.click();
  await page.page.keyboard.press('Escape');
  await page.page.keyboard.press('j');
  await expect(page.jumps).toHaveText('j');
  await expect(inbox.thread.getByRole('heading', { name: story.name })).toBeVisible();
  // What is typed inside is no shortcut of the page, and what is a shortcut inside is none either.
  await inbox.composer().fill('');
  await inbox.composer().press('j');
  await expect(inbox.composer()).toHaveValue('j');
  await inbox.grid.focus();
  await page.page.keyboard.press('j');
  await expect(page.jumps).toHaveText('j');
});

test('a page about one contact shows their conversations alone', async ({ crm, conversation }) => {
  const [hers, other] = [await conversation({ owner: 'ana' }), await conversation({ owner: 'ana' })];
  const page = await crm({
    body: inboxOf('ana', 'view="all"'),
    script: `window.about = (address) => {
      document.querySelector('bandeja-inbox').context = { contact: { phone: address } };
    };`,
  });
  await expect(page.inbox().row(other.name)).toBeVisible();
  await page.page.evaluate((address) => (window as any).about(address), hers.address);
  await expect(page.inbox().row(hers.name)).toBeVisible();
  await expect(page.inbox().row(other.name)).toHaveCount(0);
  // By an address it is a search, which stands where searches do.
  await expect(page.inbox().element.getByRole('searchbox')).toHaveValue(hers.address);
});

test('where nothing may be changed, nothing can be', async ({ crm, conversation, server }) => {
  const story = await conversation({ owner: 'ana' });
  const page = await crm({ body: inboxOf('ana', 'readonly') });
  const inbox = page.inbox();
  await inbox.row(story.name).click();
  await expect(inbox.thread.getByText('Hola, quiero una lámpara')).toBeVisible();
  await expect(inbox.composer()).toHaveCount(0);
  await expect(inbox.thread.getByRole('button', { name: /^Cerrar conversación/ })).toBeDisabled();
  expect((await server.as('ana@demo.test').get(`/conversations/${story.id}`)).unread).toBe(1);
});

test('methods open, narrow and log out', async ({ crm, conversation }) => {
  const story = await conversation({ owner: 'ana' });
  const page = await crm({ body: inboxOf('ana', 'view="all"') });
  const inbox = page.inbox();
  await inbox.element.evaluate((element: any, id) => element.open(id), story.id);
  await expect(inbox.thread.getByRole('heading', { name: story.name })).toBeVisible();
  await inbox.element.evaluate((element: any) => element.setFilter({ channel: 'email' }));
  await expect(inbox.row(story.name)).toHaveCount(0);
  const refused = await inbox.element.evaluate((element: any) => element.setFilter('chanel=sms').catch(String));
  expect(refused).toContain('chanel=sms');
  await inbox.composer().fill('secreto');
  await inbox.element.evaluate((element: any) => element.logout());
  await page.wasTold('auth-required logout');
  await expect(inbox.grid).toHaveCount(0);
  const kept = await page.page.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(kept).not.toContain('secreto');
});

test('a counter in the menu follows the inbox', async ({ crm, conversation }) => {
  await conversation({ owner: 'ana' });
  const page = await crm({ body: `<bandeja-unread></bandeja-unread>${inboxOf('ana')}` });
  await expect(page.page.getByRole('status', { name: /sin leer/ })).toHaveText(/^\d+$/);
});

test('in a column of 320 pixels there is one pane', async ({ crm, conversation }) => {
  const story = await conversation({ owner: 'ana' });
  const page = await crm({ body: inboxOf('ana') });
  const inbox = page.inbox();
  for (const [width, panes] of [[320, 1], [480, 1], [768, 2], [1280, 2]] as const) {
    await inbox.element.evaluate((element, width) => element.style.setProperty('width', `${width}px`), width);
    await expect(inbox.grid).toBeVisible();
    await expect(inbox.thread).toBeVisible({ visible: panes > 1 });
  }
  await inbox.element.evaluate((element) => element.style.setProperty('width', '320px'));
  await inbox.row(story.name).click();
  await expect(inbox.thread).toBeVisible();
  await expect(inbox.grid).toBeHidden();
});
