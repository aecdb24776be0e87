/** What stories about embedding start with: a CRM page, and the elements in it as their users know them. */
import { expect, Locator, Page } from '@playwright/test';
import { test as base } from './fixtures';
import { Host, HostOptions, STRICT_POLICY } from './host';

export class CrmPage {
  /** What the page was told, one line each: the event and what it is about. */
  readonly told: Locator;
  readonly search: Locator;
  readonly jumps: Locator;

  constructor(readonly page: Page, readonly host: Host) {
    this.told = page.getByRole('list', { name: 'Avisos' }).getByRole('listitem');
    this.search = page.getByRole('textbox', { name: 'Buscar en el CRM' });
    this.jumps = page.getByRole('status', { name: 'Saltos' });
  }

  inbox(at = 0): Embedded {
    return new Embedded(this.page, this.page.locator('bandeja-inbox').nth(at));
  }

  framed(): Framed {
    return new Framed(this.page, this.page.locator('bandeja-frame'));
  }

  /** The page was told that, so many times. */
  async wasTold(line: string | RegExp, times = 1): Promise<void> {
    await expect(this.told.filter({ hasText: line })).toHaveCount(times);
  }
}

/** One element. */
export class Embedded {
  readonly grid: Locator;
  readonly thread: Locator;
  readonly alert: Locator;

  constructor(readonly page: Page, readonly element: Locator) {
    this.grid = element.getByRole('grid');
    this.thread = element.getByRole('region', { name: /^(Conversación|Conversation)$/ });
    this.alert = element.getByRole('alert');
  }

  row(name: string): Locator {
    return this.grid.getByRole('row').filter({ hasText: name });
  }

  composer(): Locator {
    return this.element.getByRole('textbox', { name: /^(Respuesta|Reply)/ });
  }

  closing(): Locator {
    return this.element.getByRole('dialog', { name: /^(Cerrar conversación|Close conversation)/ });
  }

  async set(name: string, value: string | null): Promise<void> {
    await this.element.evaluate((element, [name, value]) => {
      if (value === null) element.removeAttribute(name!);
      else element.setAttribute(name!, value!);
    }, [name, value] as const);
  }

  /** Opens a row and asks for the closing form. */
  async startClosing(name: string): Promise<Locator> {
    await this.row(name).click();
    await this.thread.getByRole('button', { name: /^Cerrar conversación/ }).click();
    await this.closing().getByRole('textbox', { name: /^Descripción/ }).fill('Resuelto desde el CRM');
    return this.closing();
  }
}

/** One element that shows the inbox in a frame. */
export class Framed extends Embedded {
  /** What the element itself says when there is no frame to show. */
  readonly failure: Locator;

  constructor(page: Page, readonly outer: Locator) {
    super(page, outer.locator('iframe').contentFrame().locator('bandeja-inbox'));
    this.failure = outer.getByRole('alert');
  }

  override async set(name: string, value: string | null): Promise<void> {
    await new Embedded(this.page, this.outer).set(name, value);
  }
}

interface Fixtures {
  host: Host;
  /** Opens a page of the CRM. */
  crm: (options: HostOptions, path?: string) => Promise<CrmPage>;
  /** Opens a page of a CRM that forbids WebAssembly, and shows the inbox in a frame. */
  strictCrm: (options: HostOptions) => Promise<CrmPage>;
}

export const test = base.extend<Fixtures>({
  host: async ({ server }, use) => {
    const host = await new Host(server).start();
    await use(host);
    await host.stop();
  },

  crm: async ({ page, host }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await use(async (options, path = '/clientes/7?tab=inbox#notas') => {
      host.show(options);
      await page.goto(host.url + path);
      return new CrmPage(page, host);
    });
    // An error that nobody shows is a defect, whatever the story is about.
    expect(errors).toEqual([]);
  },

  strictCrm: async ({ crm, host, server }, use) => {
    await use((options) => crm({
      csp: () => STRICT_POLICY(server.url),
      loader: () => `<script type="module" src="${server.url}/bandeja-frame.js"></script>`,
      ...options,
      key: options.key ?? server.apiKey(host.url),
    }));
  },
});

export { expect };

/** An inbox of a demo user. */
export const inboxOf = (user: string, more = '') => `<bandeja-inbox data-user="${user}" locale="es" ${more}></bandeja-inbox>`;

/** The same, in a frame. */
export const frameOf = (user: string, more = '') => `<bandeja-frame data-user="${user}" locale="es" ${more}></bandeja-frame>`;
