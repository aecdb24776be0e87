/**
 * The stories of an inbox on top of a foreign back end, which the files beside this one tell of each back end, with the
 * engine in the browser's worker and in the gateway. Whether what the inbox says is so is looked up in the back end.
 */
import { expect, type Page, test as base } from '@playwright/test';
import { BulkDialog, Inbox } from '../../pages/inbox';
import { Backend } from '../../support/backend';
import { type Between, gateway, site } from '../../support/site';
import { type Truth, TRUTHS } from '../../support/truth';

const HOSTS = { worker: site, gateway };

interface Shared { truth: Truth; host: keyof typeof HOSTS; backend: Backend; between: Between }

/** The inbox on top of a back end. Whatever loads the page anew signs in again where the engine is the page's own. */
class Desk extends Inbox {
  constructor(page: Page, url: string, private readonly truth: Truth, private readonly host: keyof typeof HOSTS) {
    super(page, url);
  }

  /** Loads the page at an address of the inbox. */
  async visit(path: string): Promise<void> {
    await this.page.goto(`${this.url}/inbox/${path}`);
    // Tokens live in the page's memory there, and are gone with it.
    if (this.host === 'worker') await this.enter();
  }

  override async goTo(id: string, view = 'all'): Promise<void> {
    await this.visit(`${view}/${id}`);
    await expect(this.thread).toBeVisible();
  }

  async enter(): Promise<void> {
    const { email, password } = this.truth.signIn;
    await expect(this.secret()).toBeVisible({ timeout: 30_000 });
    const name = this.page.getByRole('textbox', { name: /[Cc]orreo/ });
    if (email && (await name.inputValue()) === '') await name.fill(email);
    await this.secret().fill(password);
    await this.page.getByRole('button', { name: /^Iniciar sesión/ }).click();
    await expect(this.secret()).toBeHidden({ timeout: 30_000 });
  }

  secret() {
    return this.page.getByLabel(/^(Contraseña|Token)/).first();
  }
}

const test = base.extend<{ inbox: Desk }, Shared>({
  truth: [TRUTHS['django-helpdesk'], { option: true, scope: 'worker' }],
  host: ['gateway', { option: true, scope: 'worker' }],
  backend: [
    async ({ truth }, use) => {
      const backend = await Backend.start(truth.name);
      await use(backend);
      await backend.stop();
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  between: [
    async ({ truth, host, backend }, use) => {
      const between = await HOSTS[host](truth.name, backend.told.base_url, truth.settings);
      await use(between);
      await between.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  inbox: async ({ page, between, truth, host }, use) => {
    const errors: Error[] = [];
    page.on('pageerror', (error) => errors.push(error));
    const inbox = new Desk(page, between.url, truth, host);
    await page.goto(`${between.url}/inbox/all`);
    await inbox.enter();
    await expect(inbox.grid.getByRole('row').first()).toBeVisible({ timeout: 30_000 });
    await use(inbox);
    expect(errors).toEqual([]);
  },
});

/** Tells them of one back end, reached in one way. To be called once a file: each has a worker of its own. */
export function stories(name: keyof typeof TRUTHS, host: keyof typeof HOSTS): void {
  const truth = TRUTHS[name];
  test.use({ truth, host });

  test('the list holds what is there, and a filter leaves what matches', async ({ inbox, backend }) => {
    const one = await truth.open(backend);
    await inbox.goTo(one.id);
    await expect(inbox.thread.getByRole('heading', { name: one.name })).toBeVisible();
    await inbox.visit('all?group=open');
    const count = await truth.openCount(backend);
    await expect(inbox.grid).toHaveAttribute('aria-rowcount', String(count));
    const closed = await truth.closed(backend);
    await inbox.goTo(closed.id, 'closed');
    await expect(inbox.thread.getByRole('heading', { name: closed.name })).toBeVisible();
    await expect(inbox.thread.getByRole('button', { name: /^Reabrir/ }).first()).toBeVisible();
  });

  test('a reply and a note arrive, and what the customer writes comes in by itself', async ({ inbox, backend }) => {
    const one = await truth.open(backend);
    await inbox.goTo(one.id);
    await inbox.reply('Ya lo reviso, gracias');
    await expect(inbox.thread.getByText('Ya lo reviso, gracias')).toBeVisible();
    await expect.poll(async () => await truth.said(backend, one.id)).toContainEqual({ text: 'Ya lo reviso, gracias', isPrivate: false });
    await inbox.note('Ojo con este');
    await expect.poll(async () => await truth.said(backend, one.id)).toContainEqual({ text: 'Ojo con este', isPrivate: true });
    await backend.customerWrites(one.id, 'Llegó otra vez roto');
    await expect(inbox.thread.getByText('Llegó otra vez roto')).toBeVisible({ timeout: 45_000 });
  });

  test('giving it to a colleague and tagging it are seen over there', async ({ inbox, backend }) => {
    const one = await truth.open(backend);
    await inbox.goTo(one.id);
    await inbox.thread.getByRole('button', { name: /^Asignar/ }).click();
    await inbox.page.getByRole('option', { name: new RegExp(truth.colleague.name) }).click();
    await expect.poll(async () => await truth.owner(backend, one.id)).toBe(truth.colleague.id);

    const before = await truth.tags(backend, one.id);
    const wanted = ['vip', 'factura', 'envío'].find((tag) => !before.includes(tag))!;
    await inbox.thread.getByRole('button', { name: /Más acciones/ }).click();
    await inbox.page.getByRole('menuitem', { name: /tiquet/ }).click();
    const dialog = inbox.page.getByRole('dialog', { name: /tiquet/ });
    await dialog.getByRole('option', { name: wanted }).click();
    await dialog.getByRole('button', { name: /Guardar/ }).click();
    await expect.poll(async () => (await truth.tags(backend, one.id)).sort()).toEqual([...before, wanted].sort());
  });

  test('closing with a description closes it over there, and reopening opens it again', async ({ inbox, backend }) => {
    const one = await truth.open(backend);
    await inbox.goTo(one.id);
    const dialog = await inbox.startClosing();
    await dialog.description.fill('Se cambió la pieza');
    await dialog.confirm();
    await expect.poll(async () => await truth.isOpen(backend, one.id)).toBe(false);
    await expect.poll(async () => await truth.reason(backend, one.id)).toContain('Se cambió la pieza');
    await inbox.goTo(one.id, 'closed');
    await inbox.thread.getByRole('button', { name: /^Reabrir/ }).first().click();
    await expect.poll(async () => await truth.isOpen(backend, one.id)).toBe(true);
  });

  test('one that the back end does not let be closed is shown as open, with what it said', async ({ inbox, backend }) => {
    const id = truth.blocked(backend);
    await inbox.goTo(id);
    const dialog = await inbox.startClosing();
    await dialog.description.fill('No se va a poder');
    await dialog.confirm();
    await expect(dialog.root.getByRole('alert')).toContainText(truth.refusal);
    expect(await truth.isOpen(backend, id)).toBe(true);
    await inbox.goTo(id);
    await expect(inbox.thread.getByRole('button', { name: /^Cerrar conversación/ })).toBeVisible();
  });

  test('all that match are closed but the one that is refused, and the receipt says why', async ({ inbox, backend }) => {
    // Dozens of tickets, each closed and opened again by several calls.
    test.setTimeout(180_000);
    await inbox.visit('all?group=open');
    await expect(inbox.grid.getByRole('row').first()).toBeVisible();
    await inbox.select('Todas las que coinciden');
    const dialog: BulkDialog = await inbox.startBulkClosing();
    const [changes] = await dialog.fill('Cierre de temporada');
    expect(changes).toBeGreaterThan(5);
    await dialog.confirm();
    const card = inbox.job(new RegExp(`^${changes - 1} de ${changes}`));
    await expect(card).toBeVisible({ timeout: 60_000 });
    const receipt = await inbox.openReceipt(new RegExp(`^${changes - 1} de ${changes}`));
    await receipt.getByRole('tab', { name: /^Con error 1/ }).click();
    await expect(receipt.getByRole('row')).toHaveCount(2);
    expect(await truth.isOpen(backend, truth.blocked(backend))).toBe(true);
    expect(await truth.openCount(backend)).toBe(1);
    await inbox.page.keyboard.press('Escape');
    await card.getByRole('button', { name: 'Deshacer' }).click();
    await expect.poll(async () => await truth.openCount(backend), { timeout: 60_000 }).toBe(changes);
  });

  test('while the way to the back end is cut, what is typed is kept and sent once when it is back', async ({ inbox, backend, between }) => {
    const one = await truth.open(backend);
    await inbox.goTo(one.id);
    await expect(inbox.composer()).toBeEnabled();
    between.cut(true);
    await inbox.reply('Escrito sin camino');
    await expect(inbox.thread.getByText(/Pendiente|Sin enviar|No se envió/).first()).toBeVisible({ timeout: 30_000 });
    between.cut(false);
    const times = async () => (await truth.said(backend, one.id)).filter(({ text }) => text === 'Escrito sin camino').length;
    await expect.poll(times, { timeout: 60_000 }).toBe(1);
  });

  test('when the token is over one signs in again and finds what was typed', async ({ inbox, backend }) => {
    const one = await truth.open(backend);
    await inbox.goTo(one.id);
    await inbox.composer().fill('A medio escribir');
    await backend.expire();
    // A call of the page itself may meet the end of the session first, and its dialog then lies over the link.
    await inbox.view('Cerradas').dispatchEvent('click');
    await expect(inbox.secret()).toBeVisible({ timeout: 45_000 });
    await backend.restore();
    await inbox.enter();
    await inbox.goTo(one.id);
    await expect(inbox.composer()).toHaveValue('A medio escribir');
  });
}
