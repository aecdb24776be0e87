/** A sample host as its users know it. All of them offer the same, each made with its own tools. */
import { expect, type Locator, type Page } from '@playwright/test';
import { Embedded } from '../support/embedding';

export type Setting = 'Mostrar bandeja' | 'Oscuro' | 'Inglés' | 'Dos agentes' | 'Falta cobrar' | 'Sin avisos';

export class HostPage {
  readonly told: Locator;
  readonly search: Locator;
  readonly keys: Locator;
  readonly note: Locator;
  readonly unread: Locator;

  constructor(readonly page: Page) {
    this.told = page.getByRole('list', { name: 'Avisos' }).getByRole('listitem');
    this.search = page.getByRole('textbox', { name: 'Buscar en el CRM' });
    this.keys = page.getByRole('status', { name: 'Teclas' });
    this.note = page.getByRole('button', { name: 'Nota al pie' });
    this.unread = page.getByRole('status', { name: /sin leer|unread/ });
  }

  inbox(at = 0): Embedded {
    return new Embedded(this.page, this.page.locator('bandeja-inbox').nth(at));
  }

  link(name: string): Locator {
    return this.page.getByRole('navigation', { name: 'Secciones' }).getByRole('link', { name });
  }

  async set(setting: Setting, value: boolean): Promise<void> {
    await this.page.getByRole('checkbox', { name: setting }).setChecked(value);
  }

  /** The page was told that, so many times. */
  async wasTold(line: string | RegExp, times = 1): Promise<void> {
    await expect(this.told.filter({ hasText: line })).toHaveCount(times);
  }

  /** Where the browser is: address, title and length of the history, which are the page's alone. */
  place(): Promise<unknown[]> {
    return this.page.evaluate(() => [location.href, document.title, history.length, scrollY]);
  }

  /** What has the focus in the page's own tree. */
  focused(): Promise<string> {
    return this.page.evaluate(() => document.activeElement?.localName + (document.activeElement?.id ? `#${document.activeElement.id}` : ''));
  }
}
