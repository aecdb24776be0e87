/** What the connector for django-helpdesk relies on. Each fact is asked of the product itself. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Backend } from '../../support/backend';

const OPEN = 1, REOPENED = 2, CLOSED = 4;
let helpdesk: Backend;
let data: any;

const ticket = (id: number) => helpdesk.get(`/api/tickets/${id}/`);
const patch = (id: number, body: unknown) => helpdesk.ask('PATCH', `/api/tickets/${id}/`, body);
const followUp = (body: object) => helpdesk.ask('POST', '/api/followups/', { title: '', ...body });
const last = async (id: number) => (await ticket(id)).followup_set.at(-1);

describe('django-helpdesk', () => {
  before(async () => { helpdesk = await Backend.start('django-helpdesk'); data = helpdesk.told.data; });
  after(async () => { assert.equal(await helpdesk?.stop(), 0); });

  test('a list is filtered by status numbers, counted, and paged', async () => {
    const page = await helpdesk.get('/api/tickets/?status=1,2&page_size=10&page=2');
    assert.equal(page.count, data.of_status[OPEN].length + data.of_status[REOPENED].length);
    assert.equal(page.results.length, 10);
    assert.ok(page.results.every((each: any) => [OPEN, REOPENED].includes(each.status)));
    assert.match(page.next, /page=3/);
  });

  test('every other filter, and a status that does not exist, is ignored in silence', async () => {
    for (const query of ['status=Open', 'status=9', 'assigned_to=1', 'ordering=-id', 'search=zzz']) {
      const page = await helpdesk.get(`/api/tickets/?page_size=1&${query}`);
      assert.equal(page.count, data.tickets, query);
      assert.equal(page.results[0].id, 1, query);
    }
  });

  test('behind the last page there is none', async () => {
    assert.equal((await helpdesk.ask('GET', '/api/tickets/?page=99')).status, 404);
  });

  test('a ticket carries its thread, and its first follow-up repeats the description', async () => {
    const { description, followup_set: said } = await ticket(6);
    assert.equal(said[0].comment, description);
    assert.match(said[0].title, /^Ticket Opened/);
    assert.deepEqual(said.map((each: any) => each.date), said.map((each: any) => each.date).toSorted());
  });

  test('what a customer wrote has a message id and no user, what an agent wrote a user', async () => {
    const { followup_set: said } = await ticket(6);
    assert.deepEqual(said.slice(1).map((each: any) => [each.user, each.message_id !== null]), [[2, false], [null, true]]);
  });

  test('a reply is public and a note is not', async () => {
    const reply = await followUp({ ticket: 1, comment: 'Hola ñ <b> & 😕', public: true });
    assert.equal(reply.status, 201);
    assert.deepEqual([reply.body.comment, reply.body.public, reply.body.user, reply.body.title], ['Hola ñ <b> & 😕', true, 1, 'Comment']);
    await followUp({ ticket: 1, comment: 'solo nosotros', public: false });
    assert.deepEqual([(await last(1)).comment, (await last(1)).public], ['solo nosotros', false]);
  });

  test('a comment is a template: double braces are replaced or fail, and a mark between them helps', async () => {
    assert.equal((await followUp({ ticket: 1, comment: '{{ ticket.title }}' })).body.comment, 'No me llega el pedido #1');
    const broken = await followUp({ ticket: 1, comment: '{{ }}' });
    assert.equal(broken.status, 500);
    assert.equal(typeof broken.body, 'string');
    assert.equal((await followUp({ ticket: 1, comment: '{\u200b{ }}' })).body.comment, '{\u200b{ }}');
  });

  test('a reply takes files as a form', async () => {
    const form = new FormData();
    for (const [name, value] of [['ticket', '1'], ['comment', 'adjunto'], ['title', '']]) form.set(name!, value!);
    form.append('attachments', new Blob(['hola'], { type: 'text/plain' }), 'nota.txt');
    const { status, body } = await helpdesk.ask('POST', '/api/followups/', form);
    assert.equal(status, 201);
    const [file] = body.followupattachment_set;
    assert.equal(file.filename, 'nota.txt');
    assert.equal(await (await fetch(file.file)).text(), 'hola');
  });

  test('somebody is assigned, and nobody', async () => {
    assert.equal((await patch(3, { assigned_to: 2 })).body.assigned_to, 2);
    assert.equal((await patch(3, { assigned_to: null })).body.assigned_to, null);
    const unknown = await patch(3, { assigned_to: 99 });
    assert.deepEqual([unknown.status, unknown.body], [400, { assigned_to: ['Invalid pk "99" - object does not exist.'] }]);
  });

  test('tags are one string, which a comma alone clears', async () => {
    assert.equal((await patch(3, { custom_tags: 'vip,factura' })).body.custom_tags, 'vip,factura');
    assert.equal((await patch(3, { custom_tags: '' })).status, 400);
    assert.equal((await patch(3, { custom_tags: null })).status, 400);
    assert.equal((await patch(3, { custom_tags: ',' })).body.custom_tags, ',');
  });

  test('a ticket is closed with its reason, and opened again', async () => {
    const [id] = data.of_status[OPEN].slice(-1);
    assert.equal((await patch(id, { custom_close_reason: 'Resuelto', resolution: 'Se envió otro.' })).status, 200);
    assert.equal((await followUp({ ticket: id, comment: 'Se envió otro.', new_status: CLOSED })).status, 201);
    const closed = await ticket(id);
    assert.deepEqual([closed.status, closed.custom_close_reason, closed.resolution], [CLOSED, 'Resuelto', 'Se envió otro.']);
    assert.equal((await last(id)).new_status, CLOSED);
    assert.equal((await patch(id, { custom_close_reason: 'Nada' })).status, 400);
    await followUp({ ticket: id, comment: '', new_status: REOPENED });
    assert.equal((await ticket(id)).status, REOPENED);
  });

  test('a customer who writes to a closed ticket opens it again', async () => {
    const [id] = data.of_status[CLOSED];
    await helpdesk.customerWrites(id, 'Sigue roto');
    const { comment, user, message_id, new_status } = await last(id);
    assert.deepEqual([comment, user, message_id !== null, new_status], ['Sigue roto', null, true, REOPENED]);
    assert.equal((await ticket(id)).status, REOPENED);
  });

  test('one ticket is refused by either way, and stays open', async () => {
    const refusal = { new_status: ['The checklist of this ticket is not done.'] };
    for (const answer of [await followUp({ ticket: data.blocked, comment: 'fin', new_status: CLOSED }), await patch(data.blocked, { status: CLOSED })]) {
      assert.deepEqual([answer.status, answer.body], [400, refusal]);
    }
    const { status, followup_set: said } = await ticket(data.blocked);
    assert.equal(status, OPEN);
    assert.ok(said.every((each: any) => each.comment !== 'fin'));
  });

  test('states and reasons are told by OPTIONS, queues and users by nothing', async () => {
    const { POST: fields } = (await helpdesk.ask('OPTIONS', '/api/tickets/')).body.actions;
    assert.deepEqual(fields.status.choices.map((each: any) => each.display_name), ['Open', 'Reopened', 'Resolved', 'Closed', 'Duplicate']);
    assert.deepEqual(fields.custom_close_reason.choices.map((each: any) => each.value), data.reasons);
    assert.equal(fields.queue.choices, undefined);
    assert.equal((await helpdesk.ask('GET', '/api/users/')).status, 405);
  });

  test('without its slash an address leads elsewhere', async () => {
    assert.equal((await helpdesk.ask('PATCH', '/api/tickets/3', { priority: 1 })).status, 301);
  });

  test('signing in by name and password answers a token', async () => {
    const [{ username, password, token }] = helpdesk.told.sign_in.people;
    assert.deepEqual((await helpdesk.ask('POST', '/api-token-auth/', { username, password }, {})).body, { token });
    assert.equal((await helpdesk.ask('POST', '/api-token-auth/', { username, password: 'x' }, {})).status, 400);
    const basic = `Basic ${btoa(`${username}:${password}`)}`;
    assert.equal((await helpdesk.ask('GET', '/api/tickets/?page_size=1', undefined, { authorization: basic })).status, 200);
  });

  test('the cookie of the page for signing in reads, and writes with the CSRF header', async () => {
    const { cookie, csrf } = await signInByPage();
    const write = (headers: Record<string, string>) => helpdesk.ask('PATCH', '/api/tickets/3/', { priority: 1 }, { cookie, 'content-type': 'application/json', ...headers });
    assert.equal((await helpdesk.ask('GET', '/api/tickets/?page_size=1', undefined, { cookie })).status, 200);
    const bare = await write({});
    assert.deepEqual([bare.status, bare.body.detail], [403, 'CSRF Failed: CSRF token missing.']);
    assert.equal((await write({ 'x-csrftoken': csrf })).status, 200);
  });

  test('an expired session is 401 for tokens, passwords and cookies, until a token is good again', async () => {
    const { cookie } = await signInByPage();
    await helpdesk.expire();
    const answer = await helpdesk.ask('GET', '/api/tickets/');
    assert.deepEqual([answer.status, answer.body.detail, answer.headers.get('www-authenticate')], [401, 'Invalid token.', 'Token']);
    assert.equal((await helpdesk.ask('GET', '/api/tickets/', undefined, { cookie })).status, 401);
    assert.equal((await helpdesk.ask('GET', '/api/tickets/', undefined, {})).status, 401);
    await helpdesk.restore();
    assert.equal((await helpdesk.ask('GET', '/api/tickets/?page_size=1')).status, 200);
  });
});

async function signInByPage(): Promise<{ cookie: string; csrf: string }> {
  const crumbs = (headers: Headers) => headers.getSetCookie().map((each) => each.trim().split(';')[0]!);
  const csrfOf = (all: string[]) => all.find((each) => each.startsWith('csrftoken='))!.split('=')[1]!;
  const first = crumbs((await helpdesk.ask('GET', '/login/', undefined, {})).headers);
  const [{ username, password }] = helpdesk.told.sign_in.people;
  const form = new URLSearchParams({ username, password, csrfmiddlewaretoken: csrfOf(first) });
  const answer = await helpdesk.ask('POST', '/login/', form, { cookie: first.join('; ') });
  assert.equal(answer.status, 302);
  const second = crumbs(answer.headers);
  return { cookie: second.join('; '), csrf: csrfOf(second) };
}
