/** The inbox in somebody else's page in front of somebody else's API. */
import { expect, inboxOf, test } from '../../support/embedding';
import { Foreign } from '../../support/foreign';
import { POLICY } from '../../support/host';

test.use({ conversations: 20 });

/** What a page allows besides where connectors run: the worker, and the APIs. */
const allowing = (...apis: string[]) => (gate: string) =>
  `${POLICY(gate).replace(`connect-src 'self' ${gate}`, `connect-src 'self' ${gate} ${apis.join(' ')}`)}; worker-src blob:`;
const before = (foreign: Foreign, more = '') =>
  `<bandeja-inbox locale="es" view="all" api-base="${foreign.url}" connector="${foreign.url}/connectors/mini.json" ${more}></bandeja-inbox>`;

const started: Foreign[] = [];
async function foreign(...how: ConstructorParameters<typeof Foreign>): Promise<Foreign> {
  const api = await new Foreign(...how).start();
  started.push(api);
  return api;
}
test.afterEach(() => started.splice(0).forEach((api) => api.stop()));

test('an element with a connector lists and replies, and its worker goes with it', async ({ crm, page: tab, host }) => {
  const api = await foreign(30);
  const page = await crm({ body: before(api), csp: allowing(api.url) });
  await page.wasTold('ready ana@mini.test');
  await page.inbox().row('Cliente 7').click();
  await expect(page.inbox().thread.getByText('Hola, ¿siguen abiertos?')).toBeVisible();
  await page.inbox().composer().fill('Sí, hasta las ocho.');
  await page.inbox().composer().press('Control+Enter');
  await expect.poll(() => api.written).toEqual(['Sí, hasta las ocho.']);
  await expect(page.inbox().thread.getByRole('log').getByText('Sí, hasta las ocho.')).toBeVisible();
  expect(tab.workers()).toHaveLength(1);
  // Nobody asked the server that the elements come from.
  expect(host.calls).toEqual([]);
  await tab.evaluate(() => document.querySelector('bandeja-inbox')!.remove());
  await expect.poll(() => tab.workers().length).toBe(0);
});

test('two elements with two back ends stand side by side, beside one with a server, and share nothing', async ({ crm, page: tab, conversation }) => {
  const story = await conversation({ owner: 'ana' });
  const [north, south] = [await foreign(5, { people: 'Norte' }), await foreign(5, { people: 'Sur' })];
  const page = await crm({
    body: before(north) + `<bandeja-inbox id="south" locale="es" view="all" api-base="${south.url}"></bandeja-inbox>` + inboxOf('ana'),
    // A file as an object, which has no address.
    script: `document.getElementById('south').connector = ${JSON.stringify(south.file)};`,
    csp: allowing(north.url, south.url),
  });
  const [ofNorth, ofSouth, ofServer] = [page.inbox(0), page.inbox(1), page.inbox(2)];
  await expect(ofNorth.row('Norte 2')).toBeVisible();
  await expect(ofSouth.row('Sur 2')).toBeVisible();
  await expect(ofServer.row(story.name)).toBeVisible();
  await expect(ofNorth.row('Sur 2')).toHaveCount(0);
  await ofNorth.row('Norte 2').click();
  await ofNorth.composer().fill('para el norte');
  await ofSouth.row('Sur 2').click();
  await expect(ofSouth.composer()).toHaveValue('');
  await ofSouth.composer().fill('para el sur');
  await ofSouth.composer().press('Control+Enter');
  await expect.poll(() => south.written).toEqual(['para el sur']);
  expect(north.written).toEqual([]);
  expect(tab.workers()).toHaveLength(2);
  // Each ends alone.
  await tab.evaluate(() => document.getElementById('south')!.remove());
  await expect.poll(() => tab.workers().length).toBe(1);
  await expect(ofNorth.composer()).toHaveValue('para el norte');
});

test('tokens come from the page, by the name of the secret, and again when one has run out', async ({ crm, page: tab }) => {
  const tokens = new Set(['one']);
  const api = await foreign(8, { tokens });
  const page = await crm({
    body: before(api, 'id="it"'),
    script: `
      window.asked = [];
      const given = ['one', 'two'];
      document.getElementById('it').getToken = async (name) => {
        window.asked.push(name);
        return given.shift();
      };`,
    csp: allowing(api.url),
  });
  await page.inbox().row('Cliente 7').click();
  await expect(page.inbox().thread.getByText('Hola, ¿siguen abiertos?')).toBeVisible();
  tokens.clear();
  tokens.add('two');
  await page.inbox().composer().fill('A las ocho.');
  await page.inbox().composer().press('Control+Enter');
  await expect.poll(() => api.written).toEqual(['A las ocho.']);
  expect(await tab.evaluate(() => (window as any).asked)).toEqual(['token', 'token']);
  await page.wasTold('auth-required', 0);
  const kept = await tab.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(kept).not.toMatch(/"(one|two)"/);
});

test('logging out forgets the token and what the engine kept of the user', async ({ crm, page: tab }) => {
  const api = await foreign(8, { tokens: new Set(['one']) });
  const page = await crm({
    body: before(api, 'id="it"'),
    script: "document.getElementById('it').getToken = () => (window.isOut ? 'none' : 'one');",
    csp: allowing(api.url),
  });
  const kept = () => tab.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('connector.ana.')).length);
  await expect(page.inbox().row('Cliente 7')).toBeVisible();
  await expect.poll(kept).toBeGreaterThan(0);
  await tab.evaluate(() => Object.assign(window, { isOut: true }));
  await page.inbox().element.evaluate((element: any) => element.logout());
  await page.wasTold('auth-required logout');
  expect(await kept()).toBe(0);
  await page.inbox().element.evaluate((element: any) => element.refresh());
  await expect(page.inbox().alert).toBeVisible();
  await expect(page.inbox().row('Cliente 7')).toHaveCount(0);
});

test('where the page gives no token and the file has a form, the reader signs in, and the focus was not taken', async ({ crm }) => {
  const api = await foreign(8, { tokens: new Set(['mine']), typed: true });
  const page = await crm({ body: before(api), csp: allowing(api.url) });
  const token = page.inbox().element.getByLabel(/Token|Clave/i);
  await expect(token).toBeVisible();
  await expect(page.inbox().element).not.toBeFocused();
  await token.fill('mine');
  await token.press('Enter');
  await page.wasTold('ready ana@mini.test');
  await expect(page.inbox().row('Cliente 7')).toBeVisible();
});

test('a page whose policy forbids the worker is told what it lacks', async ({ crm }) => {
  const api = await foreign(8);
  const page = await crm({ body: before(api), csp: (gate) => allowing(api.url)(gate).replace('worker-src blob:', "worker-src 'none'") });
  await page.wasTold('error connector-blocked');
  await expect(page.inbox().alert).toContainText('connector-blocked');
});

test('a file that is not there, or cannot be run, is told with a code, and another one is taken up', async ({ crm, page: tab }) => {
  const api = await foreign(8);
  const page = await crm({ body: before(api), csp: allowing(api.url) });
  await page.wasTold('ready ana@mini.test');
  await page.inbox().set('connector', `${api.url}/desk/nothing.json`);
  await page.wasTold('error connector-unreachable');
  await tab.evaluate(() => Object.assign(document.querySelector('bandeja-inbox')!, { connector: { connector: 1, name: 'half' } }));
  await page.wasTold('error connector-invalid');
  await expect(page.inbox().alert).toContainText('connector-invalid');
  expect(tab.workers()).toHaveLength(0);
  await tab.evaluate(() => Object.assign(document.querySelector('bandeja-inbox')!, { connector: undefined }));
  await page.inbox().set('connector', `${api.url}/connectors/mini.json`);
  await page.wasTold('ready ana@mini.test', 2);
});
