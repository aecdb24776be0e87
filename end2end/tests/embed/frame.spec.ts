/** The inbox in a frame, for pages that may not run WebAssembly. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, frameOf, test } from '../../support/embedding';

test.use({ conversations: 40 });

test('where WebAssembly is forbidden an agent works in a frame, and no token stands in an address', async ({ strictCrm, conversation, host, page: tab }) => {
  const story = await conversation({ owner: 'ana' });
  const addresses: string[] = [];
  const tokens: string[] = [];
  tab.on('request', (asked) => addresses.push(asked.url()));
  tab.on('response', async (answer) => {
    if (answer.url().startsWith(`${host.url}/token`)) tokens.push(await answer.text());
  });
  const page = await strictCrm({ body: frameOf('ana') });
  const before = await tab.evaluate(() => [location.href, document.title, history.length]);
  const inbox = page.framed();
  await inbox.row(story.name).click();
  await expect(inbox.thread.getByText('Hola, quiero una lámpara')).toBeVisible();
  await page.wasTold('ready ana@demo.test');
  await page.wasTold(`conversation-opened ${story.name}`);
  await inbox.composer().fill('Claro, ¿cuál?');
  await inbox.element.getByRole('button', { name: 'Enviar', exact: true }).click();
  await expect(inbox.thread.getByRole('log').getByText('Claro, ¿cuál?')).toBeVisible();
  expect(await tab.evaluate(() => [location.href, document.title, history.length])).toEqual(before);
  expect(tokens).toHaveLength(1);
  expect(tokens[0]).toMatch(/^bandeja_embed_/);
  expect(addresses.filter((address) => address.includes('bandeja_embed_'))).toEqual([]);
});

test('a page may refuse a closing from outside the frame, and ask for a field of its own', async ({ strictCrm, conversation, server }) => {
  const story = await conversation({ owner: 'ana' });
  const page = await strictCrm({
    body: frameOf('ana'),
    script: `
      let asked = 0;
      document.addEventListener('bandeja:before-close', (event) => {
        asked += 1;
        if (asked === 1) event.detail.veto('Falta cobrar el pedido 2247');
        else if (asked === 2) event.preventDefault();
        else event.detail.wait(Promise.resolve().then(() => event.detail.require({ name: 'order', label: 'Número de pedido' })));
      });
      document.addEventListener('bandeja:conversation-closed', ({ detail }) => {
        document.getElementById('search').value = detail.values.order;
      });`,
  });
  const dialog = await page.framed().startClosing(story.name);
  const close = dialog.getByRole('button', { name: 'Cerrar conversación' });
  await close.click();
  await expect(dialog.getByText('Falta cobrar el pedido 2247')).toBeVisible();
  await close.click();
  await page.wasTold('before-close', 2);
  await expect(dialog.getByText('Falta cobrar el pedido 2247')).toBeHidden();
  await close.click();
  const order = dialog.getByRole('textbox', { name: 'Número de pedido' });
  await expect(order).toBeVisible();
  expect((await server.as('ana@demo.test').get(`/conversations/${story.id}`)).status).not.toBe('closed');
  await order.fill('P-2247');
  await close.click();
  await expect(page.search).toHaveValue('P-2247');
  await page.wasTold('conversation-closed close');
});

test('attributes, properties and methods reach the inbox in the frame', async ({ strictCrm, conversation }) => {
  const [hers, other] = [await conversation({ owner: 'ana' }), await conversation({ owner: 'ana' })];
  const page = await strictCrm({ body: `<bandeja-unread></bandeja-unread>${frameOf('ana', 'view="all"')}` });
  const inbox = page.framed();
  await expect(page.page.getByRole('status', { name: /sin leer/ })).toHaveText(/^\d+$/);
  await inbox.set('locale', 'en');
  await expect(inbox.element.getByRole('searchbox', { name: /Search/ })).toBeVisible();
  await inbox.outer.evaluate((element: any, id) => element.open(id), hers.id);
  await expect(inbox.thread.getByRole('heading', { name: hers.name })).toBeVisible();
  const refused = await inbox.outer.evaluate((element: any) => element.setFilter('chanel=sms').catch(String));
  expect(refused).toContain('chanel=sms');
  await inbox.outer.evaluate((element: any, address) => (element.context = { contact: { phone: address } }), hers.address);
  await expect(inbox.row(hers.name)).toBeVisible();
  await expect(inbox.row(other.name)).toHaveCount(0);
  await inbox.outer.evaluate((element: any) => element.logout());
  await page.wasTold('auth-required logout');
  await expect(inbox.grid).toHaveCount(0);
});

test('the frame is as large as its element, and has as many panes as fit', async ({ strictCrm }) => {
  const page = await strictCrm({ body: frameOf('ana') });
  const inbox = page.framed();
  for (const [width, panes] of [[480, 1], [900, 2]] as const) {
    await inbox.outer.evaluate((element, width) => element.style.setProperty('width', `${width}px`), width);
    await expect(inbox.grid).toBeVisible();
    await expect(inbox.thread).toBeVisible({ visible: panes > 1 });
    const [outer, inner] = [await inbox.outer.boundingBox(), await inbox.element.boundingBox()];
    expect([inner!.width, inner!.height]).toEqual([outer!.width, outer!.height]);
  }
});

test('Tab goes into the frame and out of it again, and keys inside are no business of the page', async ({ strictCrm }) => {
  const page = await strictCrm({ body: `${frameOf('ana')}<button>Después</button>` });
  const inbox = page.framed();
  await expect(inbox.grid.getByRole('row').first()).toBeVisible();
  await page.search.focus();
  await page.page.keyboard.press('Tab');
  await expect(inbox.outer).toBeFocused();
  const within = () => inbox.element.evaluate((element) => element.matches(':focus-within'));
  expect(await within()).toBe(true);
  await inbox.grid.focus();
  await page.page.keyboard.press('j');
  await expect(page.jumps).toHaveText('');
  const after = page.page.getByRole('button', { name: 'Después' });
  const isOut = () => after.evaluate((button) => button === document.activeElement);
  for (let presses = 0; presses < 60 && !(await isOut()); presses += 1) await page.page.keyboard.press('Tab');
  await expect(after).toBeFocused();
  await page.page.keyboard.press('Shift+Tab');
  expect(await within()).toBe(true);
  // A script's focus() goes inside too.
  await page.search.focus();
  await inbox.outer.evaluate((element) => element.focus());
  await expect(inbox.outer).toBeFocused();
});

test('an element that is taken away ends, and can come back', async ({ strictCrm }) => {
  const page = await strictCrm({ body: frameOf('ana') });
  await page.wasTold('ready ana@demo.test');
  await page.page.evaluate(() => {
    const frame = document.querySelector('bandeja-frame')!;
    (window as any).kept = frame;
    frame.remove();
  });
  expect(page.page.frames()).toHaveLength(1);
  await page.page.evaluate(() => document.getElementById('column')!.append((window as any).kept));
  await page.wasTold('ready ana@demo.test', 2);
  await expect(page.framed().grid.getByRole('row').first()).toBeVisible();
});

test('a page that cannot give a token is told so through the frame', async ({ strictCrm }) => {
  const page = await strictCrm({
    body: frameOf('ana', 'id="it"').replace('data-user', 'data-later'),
    script: `
      const inbox = document.getElementById('it');
      inbox.getToken = 'abc';
      window.mend = () => { inbox.dataset.user = 'ana'; window.giveTokens(inbox); };`,
  });
  await page.wasTold('error token-missing');
  await page.wasTold('auth-required never');
  await page.page.evaluate(() => (window as any).mend());
  await page.framed().outer.evaluate((element: any) => element.refresh());
  await page.wasTold('ready ana@demo.test');
});

test('a site that may not show the frame is told, by the browser and by the page itself', async ({ strictCrm, server }) => {
  // A key for another site: the browser shows nothing, and nobody answers.
  const page = await strictCrm({ body: frameOf('ana'), key: server.apiKey('https://elsewhere.test') });
  await expect(page.told.filter({ hasText: 'error frame-silent' })).toHaveCount(1, { timeout: 20_000 });
  await expect(page.framed().failure).toContainText('No se pudo abrir Bandeja');
  await expect(page.framed().failure).toContainText('frame-silent');
});

test('the page in the frame speaks with listed sites alone, and what strangers say is not listened to', async ({ strictCrm, page: tab }) => {
  const elsewhere = { origins: ['https://elsewhere.test'] };
  await tab.route('**/embed/hosts.json', async (route) => {
    // Not before strangers have answered in its place.
    await tab.waitForFunction(() => (window as any).hasForged);
    await route.fulfill({ json: elsewhere });
  }, { times: 1 });
  const page = await strictCrm({
    body: frameOf('ana'),
    script: `
      const frame = document.querySelector('bandeja-frame').shadowRoot.querySelector('iframe');
      frame.addEventListener('load', async () => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => { document.title = 'overheard ' + JSON.stringify(data); };
        window.postMessage({ bandeja: 'welcome', version: 1, turn: 1 }, '*', [port2]);
        window.postMessage({ bandeja: 'refused', code: 'forged', turn: 1 }, '*');
        // What is posted later is heard later.
        await new Promise((heard) => { addEventListener('message', ({ data }) => data === 'last' && heard()); postMessage('last'); });
        window.hasForged = true;
      });`,
  });
  await page.wasTold('error frame-host');
  await page.wasTold('error', 1);
  await expect(page.framed().failure).toContainText('frame-host');
  expect(await tab.title()).toBe('Cúmulo CRM');
  // Listed meanwhile, it is let in when somebody tries again.
  await page.framed().failure.getByRole('button', { name: 'Reintentar' }).click();
  await page.wasTold('ready ana@demo.test');
});

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing in the frame and in the counter, ${theme}`, async ({ strictCrm, conversation, page: tab }) => {
    const story = await conversation({ owner: 'ana' });
    await conversation({ owner: 'ana' });
    const page = await strictCrm({ body: `<bandeja-unread></bandeja-unread>${frameOf('ana', `theme="${theme}"`)}` });
    await expect(page.page.getByRole('status', { name: /sin leer/ })).toHaveText(/^\d+$/);
    await page.framed().row(story.name).click();
    await expect(page.framed().composer()).toBeVisible();
    const { violations, passes } = await new AxeBuilder({ page: tab }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
    expect(violations.flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.target.join(' ')} – ${node.failureSummary}`))).toEqual([]);
    // It has looked inside.
    expect(passes.some((each) => each.nodes.some((node) => node.target.length > 1))).toBe(true);
  });
}

test('opened without a page around it, the page for frames says that it is none', async ({ server, page }) => {
  await page.goto(`${server.url}/embed`);
  await expect(page.getByRole('alert')).toContainText('frame-alone');
});
