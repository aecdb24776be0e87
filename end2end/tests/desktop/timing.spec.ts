import { expect, test } from '../../support/fixtures';
import { Server } from '../../support/server';
import { Settings } from '../../pages/settings';

// A server of their own: they move its clock.
test.use({ conversations: 400 });
test.setTimeout(120_000);

const HOUR = 3_600;
const DAY = 24 * HOUR;
const boss = (server: Server) => server.as('super@demo.test');

async function advance(server: Server, seconds: number): Promise<void> {
  await boss(server).call('POST', '/demo/clock', { advance_s: seconds });
}

async function teams(server: Server): Promise<any[]> {
  return (await boss(server).get('/teams')).items;
}

/** Sets a team's two settings, whatever they were. */
async function setTiming(server: Server, team: string, inactivity: object, reassignment: object): Promise<void> {
  const api = boss(server);
  const { version } = await api.get(`/teams/${team}/timing`);
  const body = {
    inactivity: { after_s: null, anchor: 'any', count_time_passed: false, form: { description: 'Sin respuesta' }, ...inactivity },
    reassignment: { window_s: null, count_automatic: false, ...reassignment },
  };
  await api.call('PUT', `/teams/${team}/timing`, body, { 'if-match': `"${version}"` });
}

async function nothingByItself(server: Server): Promise<void> {
  for (const { id } of await teams(server)) await setTiming(server, id, {}, {});
}

async function open(server: Server, team: string): Promise<number> {
  return (await boss(server).get(`/conversations?view=all&group=open&team=${team}&limit=1`)).total.value;
}

async function conversation(server: Server, id: string): Promise<any> {
  return boss(server).get(`/conversations/${id}`);
}

/** A line with a team, whose bot is on or off. */
async function lineWithBot(server: Server, on: boolean): Promise<any> {
  const api = boss(server);
  const { items } = await api.get('/lines');
  const line = items.find(({ channel, team }: any) => channel === 'webchat' && team);
  const { version, menu } = await api.get(`/lines/${line.id}`);
  const filled = menu.options.length ? menu : { greeting: 'Hola', options: [{ label: 'Ventas', team: line.team }] };
  await api.call('PUT', `/lines/${line.id}`, { team: line.team, user: null, bot: on, menu: filled }, { 'if-match': `"${version}"` });
  return server.lines().find(({ id }) => id === line.id)!;
}

let people = 0;
function somebody(): { name: string; address: string } {
  people += 1;
  return { name: `Contacto ${people}`, address: `visitante-${Date.now()}-${people}` };
}

/** Somebody writes on the line, Ana takes it and closes it with a reason. */
async function closedByAna(server: Server, line: any) {
  const contact = somebody();
  const { conversation_id: id } = await server.contactWrites(line, contact, 'Hola');
  const ana = await server.as('ana@demo.test').me();
  await boss(server).act(id, 'assign', { user: ana.id });
  await server.as('ana@demo.test').act(id, 'close', { description: 'Resuelto' });
  return { id, contact, ana };
}

test('what the simulator says closes is what closes; a note spares one for seven days more, and who sleeps waits', async ({ openSettings, server }) => {
  await nothingByItself(server);
  const team = (await teams(server)).find(({ name }) => name === 'Ventas México')!;
  await advance(server, 8 * DAY);
  const api = boss(server);
  const { items } = await api.get(`/conversations?view=all&group=open&team=${team.id}&limit=50`);
  const awake = items.filter(({ snoozed_until }: any) => !snoozed_until);
  const [noted, asleep] = [awake[0], awake[1]];
  await api.call('POST', `/conversations/${noted.id}/messages`, { kind: 'note', body: 'Llama mañana' });
  const until = new Date(Date.parse((await api.get('/session')).server_time) + 20 * DAY * 1_000).toISOString();
  await api.act(asleep.id, 'snooze', { until });
  const before = await open(server, team.id);

  const settings = await openSettings('super');
  const dialog = await settings.open('Ventas México', 'Cierre de contactos');
  await dialog.slideTo('7 días');
  await dialog.root.getByRole('checkbox', { name: /^Contar también el tiempo anterior/ }).check();
  const said = await dialog.figure(/se cerrarían? ahora/, 'Con 7 días');
  expect(said).toBeGreaterThan(5);
  await dialog.save();
  await expect(settings.team('Ventas México').getByText('7 días')).toBeVisible();

  await expect.poll(() => open(server, team.id), { timeout: 30_000 }).toBe(before - said);
  await advance(server, 60);
  expect(await open(server, team.id)).toBe(before - said);
  expect((await conversation(server, noted.id)).status).not.toBe('closed');

  await advance(server, 7 * DAY - 300);
  await new Promise((done) => setTimeout(done, 1_500));
  expect((await conversation(server, noted.id)).status).not.toBe('closed');
  await advance(server, 300);
  await expect.poll(async () => (await conversation(server, noted.id)).closing?.source, { timeout: 20_000 }).toBe('inactivity');
  expect((await conversation(server, noted.id)).closing.rule).toEqual({ after_s: 7 * DAY, anchor: 'any' });
  expect((await conversation(server, asleep.id)).status).not.toBe('closed');
});

test('the thread of a conversation that closed by itself says the rule and its value', async ({ open: inbox, server }) => {
  const team = (await teams(server)).find(({ name }) => name === 'Ventas México')!;
  await setTiming(server, team.id, { after_s: 3 * DAY, count_time_passed: true }, {});
  const line = server.lines().find(({ id }) => id === String((team as any).line)) ?? server.line('whatsapp');
  const { conversation_id: id } = await server.contactWrites(line, { name: 'Se olvida', address: `+52 55 ${Date.now()}` }, 'Hola');
  await boss(server).act(id, 'assign', { team: team.id });
  await advance(server, 3 * DAY);
  await expect.poll(async () => (await conversation(server, id)).status, { timeout: 20_000 }).toBe('closed');
  const page = await inbox('super', `/inbox/all/${id}`);
  await expect(page.thread.getByText(/inactividad/i).first()).toBeVisible();
  await expect(page.thread.getByText(/3 días sin actividad/).first()).toBeVisible();
});

test('with Never nothing closes by itself, however long it lies', async ({ openSettings, server }) => {
  const team = (await teams(server)).find(({ name }) => name === 'Posventa')!;
  await setTiming(server, team.id, { after_s: DAY }, {});
  const settings = await openSettings('super');
  const dialog = await settings.open('Posventa', 'Cierre de contactos');
  await dialog.slideTo('Nunca');
  await expect(dialog.root.getByText('Ninguna se cierra sola.')).toBeVisible();
  await dialog.save();
  const before = await open(server, team.id);
  await advance(server, 90 * DAY);
  await new Promise((done) => setTimeout(done, 1_500));
  expect(await open(server, team.id)).toBe(before);
});

for (const bot of [true, false]) {
  test(`a contact who comes back within a day meets the same agent; a second later ${bot ? 'the bot' : "the line's team"}`, async ({ openSettings, server }) => {
    await nothingByItself(server);
    const line = await lineWithBot(server, bot);
    const { items } = await boss(server).get('/lines');
    const { team } = items.find(({ id }: any) => id === line.id);
    const name = (await teams(server)).find(({ id }) => id === team)!.name;
    const settings = await openSettings('super');
    const dialog = await settings.open(name, 'Asignación de contactos');
    await dialog.slideTo('24 horas');
    await dialog.save();

    const inside = await closedByAna(server, line);
    const outside = await closedByAna(server, line);
    await advance(server, DAY - 60);
    await server.contactWrites(line, inside.contact, 'Otra cosa');
    expect(await conversation(server, inside.id)).toMatchObject({ owner: inside.ana.id });
    await advance(server, 61);
    await server.contactWrites(line, outside.contact, 'Otra cosa');
    const later = await conversation(server, outside.id);
    expect(later.owner).toBeNull();
    if (bot) expect(later.status).toBe('bot');
    else expect(later).toMatchObject({ team });
  });
}

test('closed by the rule, a contact comes back to the same agent whatever the delay; closed with many, as by a user; cancelled, from the start', async ({ server }) => {
  await nothingByItself(server);
  const line = await lineWithBot(server, true);
  const { items } = await boss(server).get('/lines');
  const { team } = items.find(({ id }: any) => id === line.id);
  await setTiming(server, team, { after_s: DAY, count_time_passed: true }, { window_s: HOUR });
  const api = boss(server);
  const ana = await server.as('ana@demo.test').me();
  const contacts = [somebody(), somebody(), somebody()];
  const ids: string[] = [];
  for (const contact of contacts) {
    const { conversation_id } = await server.contactWrites(line, contact, 'Hola');
    await api.act(conversation_id, 'assign', { user: ana.id });
    ids.push(conversation_id);
  }
  const [byRule, byMany, cancelled] = ids as [string, string, string];
  const preview = await api.call('POST', '/bulk/preview', { action: 'close', selection: { ids: [byMany] }, form: { description: 'De una vez' } });
  await api.call('POST', '/bulk', { preview_id: preview.preview_id });
  const { items: categories } = await api.get('/categories');
  await api.act(cancelled, 'cancel', { category_id: categories.find((each: any) => !each.parent).id });
  await expect.poll(async () => (await conversation(server, byMany)).status).toBe('closed');
  await advance(server, DAY);
  await expect.poll(async () => (await conversation(server, byRule)).closing?.source, { timeout: 20_000 }).toBe('inactivity');
  await advance(server, 60 * DAY);
  for (const contact of contacts) await server.contactWrites(line, contact, 'He vuelto');
  expect(await conversation(server, byRule)).toMatchObject({ owner: ana.id });
  expect((await conversation(server, byMany)).status).toBe('bot');
  expect((await conversation(server, cancelled)).status).toBe('bot');
});

test('Cancel leaves all as it was, and asks before it throws changes away', async ({ openSettings, server }) => {
  const team = (await teams(server)).find(({ name }) => name === 'Posventa')!;
  await setTiming(server, team.id, { after_s: 14 * DAY }, { window_s: 3 * DAY });
  const before = await boss(server).get(`/teams/${team.id}/timing`);
  const settings = await openSettings('super');
  for (const setting of ['Cierre de contactos', 'Asignación de contactos'] as const) {
    const untouched = await settings.open('Posventa', setting);
    await untouched.cancel.click();
    await expect(untouched.root).toBeHidden();
    const dialog = await settings.open('Posventa', setting);
    await dialog.slider.press('ArrowRight');
    await dialog.cancel.click();
    await settings.page.getByText('Seguir editando', { exact: true }).click();
    await expect(dialog.slider).toBeVisible();
    await settings.page.keyboard.press('Escape');
    await settings.page.getByRole('button', { name: 'Descartar cambios' }).click();
    await expect(dialog.root).toBeHidden();
  }
  expect(await boss(server).get(`/teams/${team.id}/timing`)).toEqual(before);
});

test('who saves after somebody else sees both values and chooses', async ({ openSettings, server }) => {
  const team = (await teams(server)).find(({ name }) => name === 'Posventa')!;
  await setTiming(server, team.id, { after_s: 14 * DAY }, {});
  const settings = await openSettings('super');
  const dialog = await settings.open('Posventa', 'Cierre de contactos');
  await dialog.slideTo('3 días');
  await setTiming(server, team.id, { after_s: 30 * DAY }, {});
  await dialog.ok.click();
  await expect(dialog.root.getByText(/Alguien cambió este ajuste/)).toBeVisible();
  await expect(dialog.root.getByRole('row').filter({ hasText: '30 días' }).filter({ hasText: '3 días' })).toBeVisible();
  await dialog.root.getByRole('button', { name: 'Guardar lo mío' }).click();
  await expect(dialog.root).toBeHidden();
  expect((await boss(server).get(`/teams/${team.id}/timing`)).inactivity.after_s).toBe(3 * DAY);
});

test('the bot greets with its menu, understands a number, asks again once, and leaves alone whom an agent takes from it', async ({ open: inbox, server }) => {
  const line = await lineWithBot(server, true);
  const { menu } = await boss(server).get(`/lines/${line.id}`);
  const contact = somebody();
  const { conversation_id: id } = await server.contactWrites(line, contact, 'Buenas');
  const page = await inbox('super', `/inbox/all/${id}`);
  await expect(page.thread.getByText(menu.greeting.split('\n')[0]).first()).toBeVisible();
  await server.contactWrites(line, contact, 'no sé');
  await expect(page.thread.getByText(menu.greeting.split('\n')[0])).toHaveCount(2);
  await server.contactWrites(line, contact, '1');
  await expect.poll(async () => (await conversation(server, id)).team).toBe(menu.options[0].team);
  expect((await conversation(server, id)).status).not.toBe('bot');
});

test('an agent finds no settings, and an admin only those of their campaigns', async ({ openSettings, server }) => {
  const ana = await openSettings('ana');
  await expect(ana.page.getByText('Los ajustes son para administradores')).toBeVisible();
  await ana.page.getByRole('link', { name: 'Ir a la bandeja' }).click();
  await expect(ana.page.getByRole('grid')).toBeVisible();
  const admin = await openSettings('admin');
  const mine: any[] = (await server.as('admin@demo.test').get('/teams')).items;
  const all = await teams(server);
  expect(mine.length).toBeLessThan(all.length);
  for (const { name } of mine) await expect(admin.team(name).first()).toBeVisible();
  for (const { id, name } of all.filter((each) => !mine.some((other) => other.id === each.id))) {
    await expect(admin.page.getByText(name, { exact: true })).toHaveCount(0);
    await expect(server.as('admin@demo.test').get(`/teams/${id}/timing`)).rejects.toThrow(/404/);
  }
});
