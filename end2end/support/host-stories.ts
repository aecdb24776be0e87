/** What is true in every sample host, told once. */
import { AxeBuilder } from '@axe-core/playwright';
import { HostPage } from '../pages/host';
import { Inbox } from '../pages/inbox';
import { expect, test as base } from './fixtures';
import { Foreign } from './foreign';
import { built, type HostName } from './host-build';
import { HostSite } from './host-site';
import { type Held, Scales } from './leaks';

interface Shared {
  hostName: HostName;
  folder: string;
}

interface Fixtures {
  /** What the browser may complain of in this story. */
  forgiven: string[];
  site: HostSite;
  /** Opens a page of the host. */
  host: (path?: string) => Promise<HostPage>;
}

export const test = base.extend<Fixtures, Shared>({
  hostName: ['plain', { option: true, scope: 'worker' }],

  folder: [async ({ hostName }, use) => use(built(hostName)), { scope: 'worker', timeout: 300_000 }],

  site: async ({ server, folder }, use) => {
    const site = await new HostSite(folder, server).start();
    await use(site);
    await site.stop();
  },

  forgiven: async ({}, use) => use([]),

  host: async ({ page, site, forgiven }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (line) => line.type() === 'error' && errors.push(line.text()));
    await use(async (path = '/bandeja') => {
      await page.goto(site.url + path);
      return new HostPage(page);
    });
    // What the browser refuses and what nobody catches are defects, whatever the story is about.
    expect([...new Set(errors)].filter((error) => !forgiven.some((word) => error.includes(word)))).toEqual([]);
  },
});

export { expect };

/** Tells all of it in one host; stands at the top of the host's file. */
export function storiesOf(name: HostName): void {
  test.use({ conversations: 40, hostName: name });
  closing();
  appearance();
  place();
  focus();
  elsewhere();
  leaving();
}

function closing(): void {
  test('an agent of the page closes a conversation, and the page is told of each step', async ({ host, site, conversation, server }) => {
    const story = await conversation({ owner: 'ana' });
    const page = await host();
    await page.wasTold('ready ana@demo.test');
    const dialog = await page.inbox().startClosing(story.name);
    await page.wasTold(`opened ${story.name}`);
    await dialog.getByRole('button', { name: 'Cerrar conversación' }).click();
    await page.wasTold(`before-close ${story.name}`);
    await page.wasTold(`closed ${story.name}`);
    await expect(page.inbox().row(story.name)).toHaveCount(0);
    expect((await server.as('ana@demo.test').get(`/conversations/${story.id}`)).status).toBe('closed');
    expect(site.tokens).toBe(1);
  });

  test('the page refuses a closing for a reason of its own', async ({ host, conversation, server }) => {
    const story = await conversation({ owner: 'ana' });
    const page = await host();
    await page.set('Falta cobrar', true);
    const dialog = await page.inbox().startClosing(story.name);
    const close = dialog.getByRole('button', { name: 'Cerrar conversación' });
    await close.click();
    await expect(dialog.getByText('Falta cobrar el pedido 2247')).toBeVisible();
    expect((await server.as('ana@demo.test').get(`/conversations/${story.id}`)).status).not.toBe('closed');
    await page.page.keyboard.press('Escape');
    await page.wasTold(`closed ${story.name}`, 0);
  });

  test('the page has its say once for many, which are closed by one job, and is told when it is over', async ({ host, conversation, server }) => {
    const lot = `Grupo${Date.now()}`;
    const stories = [];
    for (const one of ['Uno', 'Dos', 'Tres']) stories.push(await conversation({ name: `${one} ${lot}` }));
    const page = await host();
    await expect(page.inbox().grid).toBeVisible();
    await page.inbox().element.evaluate((element: any, q) => element.setFilter({ q }), lot);
    await expect(page.inbox().grid).toHaveAttribute('aria-rowcount', '3');
    const inbox = new Inbox(page.page, '');
    await inbox.select('Todas las que coinciden');
    await page.set('Falta cobrar', true);
    const dialog = await inbox.startBulkClosing();
    await dialog.fill('Cerradas desde el CRM');
    await dialog.verb.click();
    await expect(dialog.root.getByText('Falta cobrar el pedido 2247')).toBeVisible();
    await page.wasTold('before-close of 3');
    expect((await server.as('ana@demo.test').get(`/conversations/${stories[0]!.id}`)).status).not.toBe('closed');
    await page.page.keyboard.press('Escape');
    await expect(dialog.root).toBeHidden();
    await page.set('Falta cobrar', false);
    await inbox.startBulkClosing();
    await expect(dialog.description).toHaveValue('Cerradas desde el CRM');
    await expect(dialog.root.getByText('Falta cobrar el pedido 2247')).toHaveCount(0);
    await expect(dialog.verb).toBeEnabled();
    await dialog.confirm();
    await page.wasTold('bulk-finished 3');
    await page.wasTold('before-close of 3', 2);
    for (const { id } of stories) expect((await server.as('ana@demo.test').get(`/conversations/${id}`)).status).toBe('closed');
  });
}

function appearance(): void {
  test('theme and language change while it runs', async ({ host, conversation }) => {
    const story = await conversation({ owner: 'ana' });
    const page = await host();
    const inbox = page.inbox();
    await inbox.row(story.name).click();
    await inbox.composer().fill('a medias');
    const ground = () => inbox.element.getByRole('region').first().evaluate((pane) => getComputedStyle(pane).backgroundColor);
    const light = await ground();
    await page.set('Oscuro', true);
    await expect.poll(ground).not.toBe(light);
    await page.set('Inglés', true);
    await expect(inbox.element.getByRole('searchbox', { name: /Search/ })).toBeVisible();
    await page.set('Oscuro', false);
    await expect.poll(ground).toBe(light);
    // It was never begun anew.
    await expect(inbox.composer()).toHaveValue('a medias');
    await page.wasTold('ready');
  });

  test('two agents work side by side, and the counter follows its own', async ({ host, conversation, server }) => {
    const [anas, betos] = [await conversation({ owner: 'ana' }), await conversation({ owner: 'beto' })];
    // One that stays unread: the counter is not there at 0.
    await conversation({ owner: 'ana' });
    const page = await host();
    await page.set('Dos agentes', true);
    await page.wasTold('ready ana@demo.test');
    await page.wasTold('ready beto@demo.test');
    await expect(page.inbox(0).row(anas.name)).toBeVisible();
    await expect(page.inbox(1).row(betos.name)).toBeVisible();
    await expect(page.inbox(0).row(betos.name)).toHaveCount(0);
    const truth = async () => {
      const { items } = await server.as('ana@demo.test').get('/conversations?owner=me&unread=yes&limit=100');
      return String(items.filter((each: any) => !['closed', 'cancelled'].includes(each.status)).length);
    };
    const before = await truth();
    await expect(page.unread).toHaveText(before);
    await page.inbox(0).row(anas.name).click();
    await expect.poll(truth).toBe(String(Number(before) - 1));
    await expect(page.unread).toHaveText(await truth());
  });

  test('axe finds nothing in the page, with a conversation and a dialog open', async ({ host, conversation }) => {
    const story = await conversation({ owner: 'ana' });
    const page = await host();
    const findings = async () => {
      const { violations } = await new AxeBuilder({ page: page.page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
      return violations.flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.target.join(' ')} – ${node.failureSummary}`));
    };
    await page.inbox().row(story.name).click();
    await expect(page.inbox().composer()).toBeVisible();
    expect(await findings()).toEqual([]);
    await page.inbox().thread.getByRole('button', { name: /^Cerrar conversación/ }).click();
    await expect(page.inbox().closing()).toBeVisible();
    expect(await findings()).toEqual([]);
  });
}

function place(): void {
  test('address, history, title and scroll are the page\'s, whatever is done in the inbox', async ({ host, conversation }) => {
    const [one, two] = [await conversation({ owner: 'ana' }), await conversation({ owner: 'ana' })];
    const page = await host();
    // Whoever clicks has scrolled there before.
    await page.inbox().row(one.name).click();
    await page.wasTold(`opened ${one.name}`);
    const before = await page.place();
    for (const story of [two, one]) await page.inbox().row(story.name).click();
    await page.wasTold(`opened ${two.name}`);
    await page.wasTold(/^navigate mine \d+/, 3);
    await page.inbox().element.getByRole('link', { name: /^Todas/ }).click();
    await page.wasTold(/^navigate all/);
    expect(await page.place()).toEqual(before);
  });

  test('the page\'s own router takes the inbox away and brings it back with what was typed', async ({ host, conversation }) => {
    const story = await conversation({ owner: 'ana' });
    const page = await host();
    await page.inbox().row(story.name).click();
    await page.inbox().composer().fill('a medias');
    await page.link('Clientes').click();
    await expect(page.page).toHaveTitle('Clientes · Cúmulo CRM');
    await expect(page.page.locator('bandeja-inbox')).toHaveCount(0);
    await page.page.goBack();
    await expect(page.page).toHaveTitle('Bandeja · Cúmulo CRM');
    await page.wasTold('ready ana@demo.test', 2);
    await page.inbox().row(story.name).click();
    await expect(page.inbox().composer()).toHaveValue('a medias');
  });
}

function focus(): void {
  test('Tab goes into the inbox where it stands, through it, and out behind it', async ({ host, conversation }) => {
    const story = await conversation({ owner: 'ana' });
    const page = await host();
    await expect(page.inbox().row(story.name)).toBeVisible();
    await page.search.focus();
    const stops: string[] = [];
    for (let presses = 0; presses < 80 && stops.at(-1) !== 'button#note'; presses += 1) {
      await page.page.keyboard.press('Tab');
      stops.push(await page.focused());
    }
    const inside = stops.filter((stop) => stop === 'bandeja-inbox#first');
    expect(inside.length).toBeGreaterThan(3);
    // Nothing else between the field before it and the button behind it.
    expect(stops).toEqual([...inside, 'button#note']);
    await page.page.keyboard.press('Shift+Tab');
    expect(await page.focused()).toBe('bandeja-inbox#first');
  });

  test('keys belong to whoever has the focus', async ({ host, conversation }) => {
    const story = await conversation({ owner: 'ana' });
    const page = await host();
    await page.inbox().row(story.name).click();
    await page.note.focus();
    await page.page.keyboard.press('j');
    await page.page.keyboard.press('Escape');
    await expect(page.keys).toHaveText('j');
    await expect(page.inbox().thread.getByRole('heading', { name: story.name })).toBeVisible();
    await page.inbox().composer().press('x');
    await expect(page.inbox().composer()).toHaveValue('x');
    await page.inbox().grid.focus();
    await page.page.keyboard.press('j');
    await expect(page.keys).toHaveText('j');
  });
}

function elsewhere(): void {
  test('the engine of a connector comes with the package, and runs from the page\'s own origin', async ({ host, site, page: tab }) => {
    const api = await new Foreign(9).start();
    site.asks = api.url;
    // A place without an inbox of its own.
    const page = await host('/clientes');
    await page.page.evaluate((api) => {
      const inbox = document.createElement('bandeja-inbox');
      for (const [name, value] of Object.entries({ 'api-base': api, connector: `${api}/connectors/mini.json`, view: 'all', locale: 'es' })) {
        inbox.setAttribute(name, value);
      }
      document.body.append(inbox);
    }, api.url);
    await page.inbox().row('Cliente 7').click();
    await page.inbox().composer().fill('Sí, hasta las ocho.');
    await page.inbox().composer().press('Control+Enter');
    await expect.poll(() => api.written).toEqual(['Sí, hasta las ocho.']);
    expect(tab.workers().map((worker) => new URL(worker.url()).origin)).toEqual([site.url]);
    api.stop();
  });
}

function leaving(): void {
  test('an inbox that came and went a hundred times has left nothing behind', async ({ host, page: tab, forgiven, hostName }, info) => {
    test.setTimeout(240_000);
    // So many in half a minute are told to wait, and do.
    forgiven.push('429 (Too Many Requests)');
    const scales = await Scales.on(tab);
    const page = await host();
    await expect(page.inbox().grid).toBeVisible();
    // What the page itself writes down of each is its own.
    await page.set('Sin avisos', true);
    const comeAndGo = (times: number) => page.page.evaluate(async (times) => {
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const shown = [...document.querySelectorAll('label')].find((label) => label.textContent!.includes('Mostrar bandeja'))!;
      const there = () => document.querySelector('bandeja-inbox');
      for (let done = 0; done < times; done += 1) {
        const going = there()!;
        shown.click();
        // What is taken out ends when the page has had the chance to put it elsewhere.
        while (there() || going.shadowRoot!.childElementCount > 0) await frame();
        shown.click();
        while (!there()?.shadowRoot!.querySelector('[role="grid"] [role="row"]')) await frame();
      }
    }, times);
    // The first ones fill what is kept on purpose: the program, its sheet, caches.
    await comeAndGo(20);
    const weights: Held[] = [await scales.weigh()];
    for (let round = 0; round < 4; round += 1) {
      await comeAndGo(20);
      weights.push(await scales.weigh());
    }
    const line = ({ nodes, listeners, heap, wasm }: Held) =>
      `${nodes} nodes, ${listeners} listeners, ${(heap / 1e6).toFixed(1)} MB of JavaScript, ${(wasm / 1e6).toFixed(1)} MB of wasm`;
    const figures = weights.map((held, at) => `after ${(at + 1) * 20}: ${line(held)}`).join('\n');
    await info.attach('figures', { body: figures, contentType: 'text/plain' });
    console.log(`${hostName}\n${figures}`);
    const [first, last] = [weights[0]!, weights.at(-1)!];
    // An inbox has some 1,500 nodes and 100 listeners; one that stayed would show.
    expect(last.nodes - first.nodes).toBeLessThan(200);
    expect(last.listeners - first.listeners).toBeLessThan(20);
    expect(first.wasm).toBeGreaterThan(0);
    // Two pages of its memory: eighty inboxes that stayed would be dozens.
    expect(last.wasm - first.wasm).toBeLessThanOrEqual(2 * 65_536);
  });
}
