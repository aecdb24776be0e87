import { expect, test } from '../../support/fixtures';

test('a wrong password says so and keeps the address; the right one leads to the inbox', async ({ page, server }) => {
  await page.goto(server.url);
  await page.getByLabel('Correo').fill('beto@demo.test');
  await page.getByLabel('Contraseña', { exact: true }).fill('equivocada');
  await page.getByRole('button', { name: 'Iniciar sesión' }).click();
  await expect(page.getByText('El correo o la contraseña no coinciden.')).toBeVisible();
  await expect(page.getByLabel('Correo')).toHaveValue('beto@demo.test');

  await page.getByLabel('Contraseña', { exact: true }).fill('bandeja-demo');
  await page.getByRole('button', { name: 'Iniciar sesión' }).click();
  await expect(page.getByRole('grid')).toBeVisible();
});

test('a shared link asks a stranger to sign in and then shows what it leads to', async ({ page, server, conversation }) => {
  const story = await conversation({ owner: 'lucia' });
  await page.goto(`${server.url}/inbox/all/${story.id}`);
  await page.getByLabel('Correo').fill('super@demo.test');
  await page.getByLabel('Contraseña', { exact: true }).fill('bandeja-demo');
  await page.getByRole('button', { name: 'Iniciar sesión' }).click();
  await expect(page.getByRole('main').getByText('Hola, quiero una lámpara')).toBeVisible();
});
