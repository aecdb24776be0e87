/** The admins' settings as their users know them: by roles and names, never by class. */
import { expect, Locator, Page } from '@playwright/test';

/** A team's two settings, by the names of their dialogs. */
export type Setting = 'Cierre de contactos' | 'Asignación de contactos';

export class Settings {
  constructor(readonly page: Page, readonly url: string) {}

  team(name: string): Locator {
    return this.page.getByRole('row').filter({ hasText: name });
  }

  /** Opens one of the two dialogs from a team's menu. */
  async open(team: string, setting: Setting): Promise<TimingDialog> {
    await this.page.getByRole('button', { name: `Opciones de ${team}` }).click();
    await this.page.getByRole('menuitem', { name: new RegExp(`^${setting}`) }).click();
    const dialog = new TimingDialog(this.page, this.page.getByRole('dialog', { name: setting }));
    await expect(dialog.slider).toBeVisible();
    return dialog;
  }
}

export class TimingDialog {
  readonly slider: Locator;
  readonly ok: Locator;
  readonly cancel: Locator;

  constructor(readonly page: Page, readonly root: Locator) {
    this.slider = root.getByRole('slider');
    this.ok = root.getByRole('button', { name: 'OK', exact: true });
    this.cancel = root.getByRole('button', { name: 'Cancelar', exact: true }).last();
  }

  /** Moves the slider by keys until its value is said as `text`. */
  async slideTo(text: string): Promise<void> {
    await this.slider.focus();
    await this.page.keyboard.press('Home');
    for (let steps = 0; steps < 60; steps += 1) {
      if ((await this.slider.getAttribute('aria-valuetext')) === text) return;
      await this.page.keyboard.press('ArrowRight');
    }
    throw new Error(`the slider has no ${text}`);
  }

  /** A number of the simulator by what stands beside it, once the counting for `value` is over. */
  async figure(label: RegExp, value: string): Promise<number> {
    await expect(this.root.getByRole('heading', { name: value })).toBeVisible();
    await expect(this.root.locator('[aria-busy="true"]')).toHaveCount(0);
    const figure = this.root.getByRole('listitem').filter({ hasText: label });
    await expect(figure).toBeVisible();
    return Number(/[\d.,]+/.exec(await figure.innerText())![0].replace(/[.,]/g, ''));
  }

  async save(): Promise<void> {
    await this.ok.click();
    await expect(this.root).toBeHidden();
  }
}
