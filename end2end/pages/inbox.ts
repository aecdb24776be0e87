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

  closingDialog(): ClosingDialog {
    return new ClosingDialog(this.page);
  }

  async startClosing(): Promise<ClosingDialog> {
    await this.thread.getByRole('button', { name: /^Cerrar conversación/ }).click();
    return this.closingDialog();
  }
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
