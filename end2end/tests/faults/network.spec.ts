import { expect, test } from '../../support/fixtures';

test('without a network a reply is kept, shown as pending, and sent once when it returns', async ({ open, conversation, server }) => {
  const story = await conversation();
  const ana = await open('ana', `/inbox/mine/${story.id}`);
  await expect(ana.composer()).toBeEnabled();
  await ana.page.context().setOffline(true);
  await ana.reply('Escrito sin red');
  await expect(ana.thread.getByText(/Pendiente/).first()).toBeVisible();
  await expect(ana.page.getByText(/Sin conexión/).first()).toBeVisible();
  await ana.page.context().setOffline(false);
  await expect(ana.page.getByText(/Sin conexión/)).toHaveCount(0, { timeout: 30_000 });
  await expect.poll(async () => {
    const { items } = await server.as('ana@demo.test').get(`/conversations/${story.id}/messages`);
    return items.filter((each: any) => each.body === 'Escrito sin red').length;
  }, { timeout: 30_000 }).toBe(1);
});

test('a list that cannot be loaded says so and loads on retry', async ({ open }) => {
  const ana = await open('ana', '/inbox/mine');
  await ana.page.route('**/api/v1/conversations?**', (route) => route.fulfill({ status: 500, body: '<html>boom' }));
  await ana.view('Todas').click();
  await expect(ana.page.getByText(/No pudimos cargar la lista/)).toBeVisible();
  await ana.page.unroute('**/api/v1/conversations?**');
  await ana.page.getByRole('button', { name: 'Reintentar' }).click();
  await expect(ana.grid.getByRole('row').first()).toBeVisible();
});

test('when the session ends, signing in again finds what was typed', async ({ open, conversation }) => {
  const story = await conversation();
  const ana = await open('ana', `/inbox/mine/${story.id}`);
  await ana.composer().fill('A medio escribir');
  await ana.page.context().clearCookies();
  // A call of the page itself may meet the end of the session first, and its dialog then lies over the link: the
  // event is given to the link whatever lies over it.
  await ana.view('Sin asignar').dispatchEvent('click');
  const password = ana.page.getByLabel(/^Contraseña/);
  await expect(password).toBeVisible();
  const email = ana.page.getByLabel(/Correo/);
  if ((await email.inputValue()) === '') await email.fill('ana@demo.test');
  await password.fill('bandeja-demo');
  await ana.page.getByRole('button', { name: /^(Entrar|Iniciar sesión)/ }).click();
  await ana.view('Mías').click();
  await ana.row(story.name).click();
  await expect(ana.composer()).toHaveValue('A medio escribir');
});

test('an action on a conversation that changed meanwhile shows what changed instead of applying blindly', async ({ open, conversation, server }) => {
  const story = await conversation();
  const ana = await open('ana', `/inbox/mine/${story.id}`);
  const dialog = await ana.startClosing();
  await dialog.description.fill('Cierro');
  const { items: tags } = await server.as('super@demo.test').get('/tags');
  await server.as('super@demo.test').act(story.id, 'tags', { tags: [tags[2].id] }, 'PUT');
  await dialog.confirm();
  const conflict = ana.page.getByRole('dialog', { name: /cambió/ });
  await expect(conflict).toBeVisible();
  await expect(conflict).toContainText(tags[2].name);
  await conflict.getByRole('button', { name: /de todos modos/ }).click();
  await expect(ana.row(story.name)).toHaveCount(0);
});
