/** What every story starts with: a server of its worker, and signed-in people. */
import { BrowserContextOptions, expect, Page, request, test as base } from '@playwright/test';
import { Inbox } from '../pages/inbox';
import { Settings } from '../pages/settings';
import { Line, Server } from './server';

export const PASSWORD = 'bandeja-demo';

export interface Story { id: string; name: string; address: string; line: Line }

interface Fixtures {
  /** Opens the inbox as a demo user, in a browser of their own. */
  open: (user: string, path?: string) => Promise<Inbox>;
  /** Opens the admins' settings as a demo user, in a browser of their own. */
  openSettings: (user: string, path?: string) => Promise<Settings>;
  /** A page of a demo user, in a browser of their own, at a path; an error that nobody shows fails the story. */
  pageOf: (user: string, path: string) => Promise<Page>;
  /** A new conversation, written by a contact nobody knows yet and given to a user. */
  conversation: (options?: { channel?: string; owner?: string; name?: string; text?: string }) => Promise<Story>;
}

type State = Exclude<BrowserContextOptions['storageState'], string | undefined>;

interface Shared {
  server: Server;
  conversations: number;
  /** The cookie of a user: one sign-in each, since the server limits how many there may be in a minute. */
  signedIn: (user: string) => Promise<State>;
}

let contacts = 0;

export const test = base.extend<Fixtures, Shared>({
  conversations: [300, { option: true, scope: 'worker' }],

  signedIn: [
    async ({ server }, use) => {
      const states = new Map<string, State>();
      await use(async (user) => {
        const known = states.get(user);
        if (known) return known;
        const client = await request.newContext({ baseURL: server.url });
        const answer = await client.post('/api/v1/session', { data: { email: `${user}@demo.test`, password: PASSWORD } });
        if (!answer.ok()) throw new Error(`signing in answered ${answer.status()}: ${await answer.text()}`);
        const state = await client.storageState();
        states.set(user, state);
        await client.dispose();
        return state;
      });
    },
    { scope: 'worker' },
  ],

  server: [
    async ({ conversations }, use) => {
      const server = await new Server().start(conversations);
      await use(server);
      await server.dispose();
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  pageOf: async ({ browser, server, signedIn, contextOptions }, use) => {
    const pages: Page[] = [];
    const errors: Error[] = [];
    await use(async (user, path) => {
      const context = await browser.newContext({ ...contextOptions, storageState: await signedIn(user) });
      const page = await context.newPage();
      page.on('pageerror', (error) => errors.push(error));
      pages.push(page);
      await page.goto(server.url + path);
      return page;
    });
    for (const page of pages) await page.context().close();
    // An error that nobody shows is a defect, whatever the story is about.
    expect(errors).toEqual([]);
  },

  open: async ({ pageOf, server }, use) => {
    await use(async (user, path = '/') => {
      const inbox = new Inbox(await pageOf(user, path), server.url);
      await expect(inbox.ready).toBeVisible({ timeout: 30_000 });
      return inbox;
    });
  },

  openSettings: async ({ pageOf, server }, use) => {
    await use(async (user, path = '/admin/teams') => {
      const settings = new Settings(await pageOf(user, path), server.url);
      await expect(settings.page.getByRole('main')).toBeVisible({ timeout: 30_000 });
      return settings;
    });
  },

  conversation: async ({ server }, use) => {
    await use(async ({ channel = 'whatsapp', owner = 'ana', name, text = 'Hola, quiero una lámpara' } = {}) => {
      const line = server.line(channel);
      contacts += 1;
      const stamp = `${Date.now()}${contacts}`;
      const contact = { name: name ?? `Prueba ${stamp}`, address: `+52 55 ${stamp}` };
      const { conversation_id: id } = await server.contactWrites(line, contact, text);
      if (owner) {
        const user = await server.as(`${owner}@demo.test`).me();
        await server.as('super@demo.test').act(id, 'assign', { user: user.id });
      }
      return { id, ...contact, line };
    });
  },
});

export { expect };
