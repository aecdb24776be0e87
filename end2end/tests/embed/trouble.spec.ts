/** What can go wrong between a page and its inbox, and what both are told. */
import { expect, inboxOf, test } from '../../support/embedding';
import { POLICY } from '../../support/host';

test.use({ conversations: 20 });

test('a token that runs out in the middle is renewed, and what was asked for is done', async ({ crm, conversation, host, server }) => {
  const story = await conversation({ owner: 'ana' });
  const page = await crm({ body: inboxOf('ana') });
  const dialog = await page.inbox().startClosing(story.name);
  host.expireTokens();
  await dialog.getByRole('button', { name: 'Cerrar conversación' }).click();
  await page.wasTold('conversation-closed close');
  await page.wasTold('auth-required', 0);
  expect(host.tokens).toBe(2);
  expect((await server.as('ana@demo.test').get(`/conversations/${story.id}`)).status).toBe('closed');
});

test('calls that find their token over at the same time ask for one new token', async ({ crm, conversation, host }) => {
  const story = await conversation({ owner: 'ana' });
  const page = await crm({ body: inboxOf('ana') });
  await page.inbox().row(story.name).click();
  await expect(page.inbox().composer()).toBeVisible();
  const before = host.calls.length;
  host.expireTokens();
  await page.inbox().element.evaluate((element: any) => element.refresh());
  // The list, the counts and the thread at least, each once in vain and once again.
  await expect.poll(() => host.calls.length - before).toBeGreaterThan(5);
  await expect(page.inbox().row(story.name)).toBeVisible();
  expect(host.tokens).toBe(2);
});

test('a page whose getToken hangs is told after ten seconds, and can try again', async ({ crm, page: tab }) => {
  await tab.clock.install();
  const page = await crm({
    body: inboxOf('ana', 'id="it"').replace('data-user', 'data-later'),
    script: `
      const inbox = document.getElementById('it');
      inbox.getToken = () => new Promise(() => { window.isAsked = true; });
      window.mend = () => { inbox.dataset.user = 'ana'; window.giveTokens(inbox); };`,
  });
  await tab.waitForFunction(() => (window as any).isAsked);
  await tab.clock.fastForward(10_001);
  await page.wasTold('error token-timeout');
  await expect(page.inbox().alert).toContainText('no pudo iniciar tu sesión');
  await tab.clock.resume();
  await tab.evaluate(() => (window as any).mend());
  await page.inbox().element.getByRole('button', { name: 'Reintentar' }).click();
  await page.wasTold('ready ana@demo.test');
});

test('logging out removes what was typed and what was not sent yet', async ({ crm, conversation, host, page: tab }) => {
  const [one, two] = [await conversation({ owner: 'ana' }), await conversation({ owner: 'ana' })];
  const page = await crm({ body: inboxOf('ana') });
  const kept = () => tab.evaluate(() => JSON.stringify({ ...localStorage }));
  host.loses = true;
  await page.inbox().row(one.name).click();
  await page.inbox().composer().fill('sin enviar');
  await page.inbox().composer().press('Control+Enter');
  await page.inbox().row(two.name).click();
  await page.inbox().composer().fill('a medias');
  await expect.poll(kept).toMatch(/sin enviar.*a medias|a medias.*sin enviar/);
  await page.inbox().element.evaluate((element: any) => element.logout());
  await page.wasTold('auth-required logout');
  expect(await kept()).not.toMatch(/sin enviar|a medias/);
});

for (const [what, give, code] of [
  ['fails', '() => { throw new Error("no"); }', 'token-failed'],
  ['gives rubbish', '() => ({ token: 7 })', 'token-invalid'],
  ['gives a token nobody knows', '() => "abc.def"', undefined],
] as const) {
  test(`a page whose getToken ${what} says so, and can try again`, async ({ crm }) => {
    const page = await crm({
      body: inboxOf('ana', 'id="it"').replace('data-user', 'data-later'),
      script: `
        const inbox = document.getElementById('it');
        inbox.getToken = ${give};
        window.mend = () => { inbox.dataset.user = 'ana'; window.giveTokens(inbox); };`,
    });
    await page.wasTold('auth-required never');
    if (code) await page.wasTold(`error ${code}`);
    await expect(page.inbox().alert).toContainText('no pudo iniciar tu sesión');
    await page.page.evaluate(() => (window as any).mend());
    await page.inbox().element.getByRole('button', { name: 'Reintentar' }).click();
    await page.wasTold('ready ana@demo.test');
    await expect(page.inbox().grid).toBeVisible();
  });
}

test('an address that is none is told at once', async ({ crm }) => {
  const page = await crm({ body: inboxOf('ana', 'api-base="ftp://nogal.test"') });
  await page.wasTold('error api-base');
  await expect(page.inbox().alert).toContainText('No se pudo abrir Bandeja');
});

test('a server that is no Bandeja is told from one that is away', async ({ crm, host }) => {
  const page = await crm({ body: inboxOf('ana', 'api-base="/somewhere"') });
  await page.wasTold('error bad-answer');
  await page.inbox().set('api-base', host.gate);
  await page.wasTold('ready ana@demo.test');
  await expect(page.inbox().grid).toBeVisible();
});

test('a page whose origin no key knows is told so, and shows it', async ({ crm, server, page: tab }) => {
  const page = await crm({
    body: inboxOf('ana', `api-base="${server.url}"`),
    key: server.apiKey('https://elsewhere.test'),
    csp: (gate) => POLICY(`${gate} ${server.url}`),
  });
  await page.wasTold('error origin');
  await page.wasTold('error', 1);
  await expect(page.inbox().alert).toContainText('No se pudo abrir Bandeja');
  await expect(page.inbox().alert).toContainText('origin');
  // The page itself works on.
  await page.search.fill('pedido');
  expect(await tab.evaluate(() => document.querySelector('bandeja-inbox')!.isConnected)).toBe(true);
});

test('a server that is away is told from one that refuses', async ({ crm }) => {
  const page = await crm({ body: inboxOf('ana', 'api-base="http://127.0.0.1:9"'), csp: (gate) => POLICY(`${gate} http://127.0.0.1:9`) });
  await page.wasTold('error unreachable');
  await expect(page.inbox().alert).toBeVisible();
});

test('a page that forbids WebAssembly is told what it lacks', async ({ crm }) => {
  const page = await crm({ body: inboxOf('ana'), csp: (gate) => POLICY(gate).replace(" 'wasm-unsafe-eval'", '') });
  await page.wasTold('error wasm-blocked');
  await expect(page.inbox().alert).toContainText('wasm-blocked');
});

test('where the browser keeps nothing, the inbox works and says so when something is typed', async ({ crm, conversation, page: tab }) => {
  const story = await conversation({ owner: 'ana' });
  await tab.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });
  });
  const page = await crm({ body: inboxOf('ana') });
  await page.inbox().row(story.name).click();
  await page.inbox().composer().fill('sin guardar');
  await page.wasTold('error storage');
  await expect(page.inbox().composer()).toHaveValue('sin guardar');
});

test('of two versions on one page the second says so and the first is used', async ({ crm, page: tab }) => {
  const warnings: string[] = [];
  tab.on('console', (line) => line.type() === 'warning' && warnings.push(line.text()));
  const page = await crm({
    body: inboxOf('ana'),
    loader: (gate) => ['', '?again'].map((more) => `<script type="module" src="${gate}/bandeja.js${more}"></script>`).join(''),
  });
  await page.wasTold('ready ana@demo.test');
  expect(warnings.filter((line) => line.includes('is on this page already'))).toHaveLength(1);
});

test('taking the element away in the middle of a call disturbs nobody', async ({ crm }) => {
  const page = await crm({ body: inboxOf('ana') });
  for (let times = 0; times < 5; times += 1) {
    await page.page.evaluate(async () => {
      const inbox = document.querySelector('bandeja-inbox')!;
      inbox.remove();
      await new Promise((done) => setTimeout(done, 30));
      document.getElementById('column')!.append(inbox);
    });
  }
  await expect(page.inbox().grid).toBeVisible();
});
