/** The inbox as its users know it: by roles and names, never by class. */
import { expect, Locator, Page } from '@playwright/test';

export class Inbox {
  readonly grid: Locator;
  readonly thread: Locator;
  readonly search: Locator;
  /** Stands once somebody is signed in, on every width. */
  readonly ready: Locator;

  constructor(readonly page: Page, readonly url: string) {
    this.grid = page.getByRole('grid');
    this.thread = page.getByRole('main');
    this.search = page.getByRole('searchbox');
    this.ready = this.grid.or(this.thread.getByRole('log')).first();
  }

  view(name: string): Locator {
    return this.page.getByRole('navigation').getByRole('link', { name });
  }

  row(name: string): Locator {
    return this.grid.getByRole('row').filter({ hasText: name });
  }

  /** Waits for what comes behind the first look: keys for it would go nowhere before. */
  async whole(): Promise<void> {
    await expect(this.page.getByRole('button', { name: /^(Seleccionar|Select)/ }).first()).toBeVisible();
  }

  /** Opens a conversation by its link, as a colleague would send it. */
  async goTo(id: string, view = 'all'): Promise<void> {
    await this.page.goto(`${this.url}/inbox/${view}/${id}`);
    await expect(this.thread).toBeVisible();
  }

  composer(): Locator {
    return this.page.getByRole('textbox', { name: /^(Respuesta|Nota privada|Reply|Private note)/ });
  }

  async reply(text: string): Promise<void> {
    await this.page.getByRole('tab', { name: /Responder/ }).click();
    await this.composer().fill(text);
    await this.page.getByRole('button', { name: 'Enviar', exact: true }).click();
  }

  async note(text: string): Promise<void> {
    await this.page.getByRole('tab', { name: /Nota privada/ }).click();
    await this.composer().fill(text);
    await this.page.getByRole('button', { name: /Guardar nota/ }).click();
  }

  /** The box of a row, there while somebody selects. */
  box(name: string): Locator {
    return this.row(name).getByRole('checkbox');
  }

  /** The row at a position, the first being 1, if it stands in the page. */
  rowAt(position: number): Locator {
    return this.grid.locator(`[role="row"][aria-rowindex="${position}"]`);
  }

  bar(): Locator {
    return this.page.getByRole('toolbar', { name: /^(Acciones para la selección|Actions for the selection)/ });
  }

  async select(way: 'Individualmente' | 'Todas las que coinciden'): Promise<void> {
    await this.page.getByRole('button', { name: /^Seleccionar|^Individualmente|^Todas/ }).click();
    await this.page.getByRole('menuitemradio', { name: new RegExp(`^${way}`) }).click();
    await expect(this.bar()).toBeVisible();
  }

  async startBulkClosing(): Promise<BulkDialog> {
    await this.bar().getByRole('button', { name: /^Cerrar/ }).click();
    return new BulkDialog(this.page);
  }

  /** The card of a job, under way or over. */
  job(title: RegExp = /./): Locator {
    return this.page.getByRole('region', { name: /^(Trabajo en curso|Job under way)/ }).filter({ hasText: title });
  }

  async openReceipt(title: RegExp): Promise<Locator> {
    await this.job(title).getByRole('button', { name: /^(Ver recibo|See receipt)/ }).click();
    return this.page.getByRole('dialog', { name: title });
  }

  closingDialog(): ClosingDialog {
    return new ClosingDialog(this.page);
  }

  async startClosing(): Promise<ClosingDialog> {
    await this.thread.getByRole('button', { name: /^Cerrar conversación/ }).click();
    return this.closingDialog();
  }
}

/** The dialog that closes many. */
export class BulkDialog {
  readonly root: Locator;
  readonly description: Locator;
  readonly fate: Locator;
  readonly verb: Locator;

  constructor(readonly page: Page) {
    this.root = page.getByRole('dialog', { name: /^(Cerrar conversaciones|Close conversations)/ });
    this.description = this.root.getByRole('textbox', { name: /^(Descripción|Description)/ });
    this.fate = this.root.getByRole('region', { name: /^(Qué va a pasar|What will happen)/ });
    this.verb = this.root.getByRole('button', { name: /^(Cerrar|Close) [\d.,]+ (conversaci|conversation)/ });
  }

  /** How many will change, of how many that are selected. */
  async figures(): Promise<[number, number]> {
    const line = this.fate.getByText(/se cerrarán? de|will be closed of/);
    await expect(line).toBeVisible();
    const numbers = (await this.fate.getByRole('status').innerText()).match(/[\d.,]+/g)!;
    return [digits(numbers[0]!), digits(numbers[1]!)];
  }

  /** Fills in what is asked for, the number too where it is. */
  async fill(description: string): Promise<[number, number]> {
    const figures = await this.figures();
    await this.description.fill(description);
    if (figures[0] > 100) await this.root.getByRole('textbox', { name: /^(Escribe|Type)/ }).fill(String(figures[0]));
    await expect(this.verb).toBeEnabled();
    return figures;
  }

  async confirm(): Promise<void> {
    await this.verb.click();
    await expect(this.root).toBeHidden();
  }
}

/** The number a text shows, whatever stands between its digits. */
export function digits(text: string): number {
  return Number(text.replace(/\D/g, ''));
}

export class ClosingDialog {
  readonly root: Locator;
  readonly description: Locator;
  readonly target: Locator;

  constructor(readonly page: Page) {
    this.root = page.getByRole('dialog', { name: /Cerrar conversación/ });
    this.description = this.root.getByRole('textbox', { name: /Descripción/ });
    this.target = this.root.getByRole('button', { name: /Quién atenderá/ });
  }

  /** Ticking the box asks at once for the person. */
  async transferTo(name: string): Promise<void> {
    await this.root.getByRole('checkbox', { name: /Transferir conversación a/ }).check();
    await this.page.getByRole('option', { name: new RegExp(name) }).click();
    await expect(this.target).toContainText(name);
  }

  async confirm(): Promise<void> {
    await this.root.getByRole('button', { name: 'Cerrar conversación' }).click();
  }
}
