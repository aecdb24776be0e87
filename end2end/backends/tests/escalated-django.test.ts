/** What the connector for escalated-django relies on. Each fact is asked of the product itself. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Backend } from '../../support/backend';

let escalated: Backend;
let data: any;

const ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  escalated.ask(method, `${data.prefix}/${path}`, body, headers);
const list = async (query: string) => (await ask('GET', `tickets/?${query}`)).body;
const ticket = async (reference: string) => (await ask('GET', `tickets/${reference}/`)).body.data;
const setStatus = (reference: string, status: string) => ask('PATCH', `tickets/${reference}/status/`, { status });
const setTags = (reference: string, tag_ids: unknown) => ask('POST', `tickets/${reference}/tags/`, { tag_ids });

describe('escalated-django', () => {
  before(async () => { escalated = await Backend.start('escalated-django'); data = escalated.told.data; });
  after(async () => { assert.equal(await escalated?.stop(), 0); });

  test('a list takes one status and tells pages and total', async () => {
    const { data: rows, meta } = await list('status=open&per_page=5&page=2');
    assert.deepEqual(meta, { current_page: 2, last_page: 3, per_page: 5, total: data.of_status.open.length });
    assert.ok(rows.every((each: any) => each.status === 'open'));
    assert.equal((await list('status=open,closed')).meta.total, 0);
  });

  test('the last page comes again for ever, and a page holds a hundred at most', async () => {
    const { data: rows, meta } = await list('per_page=50&page=999');
    assert.deepEqual([meta.current_page, rows.length], [2, 10]);
    assert.equal((await list('per_page=500')).meta.per_page, 100);
  });

  test('owner, nobody, department and words filter too; a tag does not', async () => {
    const owned = (await list('assigned_to=1&per_page=100')).data;
    assert.ok(owned.length > 0 && owned.every((each: any) => each.assignee.id === 1));
    assert.ok((await list('unassigned=1')).data.every((each: any) => each.assignee === null));
    assert.ok((await list('department_id=2')).data.every((each: any) => each.department.id === 2));
    assert.equal((await list(`search=${data.blocked}`)).data[0].reference, data.blocked);
    assert.equal((await list('tag=1')).meta.total, data.tickets);
  });

  test('a list is sorted by a field and a direction', async () => {
    const dates = (await list('sort_by=updated_at&sort_dir=asc')).data.map((each: any) => each.updated_at);
    assert.deepEqual(dates, dates.toSorted());
  });

  test('tags, the first message and the thread are in the ticket alone', async () => {
    const row = (await list('search=ESC-00006')).data[0];
    assert.equal('tags' in row || 'description' in row || 'replies' in row, false);
    const whole = await ticket('ESC-00006');
    assert.deepEqual(whole.tags.map((each: any) => each.name), ['envío', 'garantía']);
    assert.match(whole.description, /disculpa/);
    assert.deepEqual(whole.replies.map((each: any) => each.author?.id ?? null), [2, null]);
    assert.equal((await ask('GET', 'tickets/6/')).body.data.reference, 'ESC-00006');
  });

  test('a reply waits for the customer, a note changes nothing', async () => {
    const reply = await ask('POST', 'tickets/ESC-00001/reply/', { body: 'Hola ñ <b> & 😕' });
    assert.deepEqual([reply.status, reply.body.data.body, reply.body.data.is_internal_note], [201, 'Hola ñ <b> & 😕', false]);
    assert.equal((await ticket('ESC-00001')).status, 'waiting_on_customer');
    const note = await ask('POST', 'tickets/ESC-00011/reply/', { body: 'nota', is_internal_note: true });
    assert.equal(note.body.data.is_internal_note, true);
    assert.equal((await ticket('ESC-00011')).status, 'open');
    const empty = await ask('POST', 'tickets/ESC-00001/reply/', { body: '' });
    assert.deepEqual([empty.status, empty.body.errors], [422, { body: 'This field is required.' }]);
  });

  test('what a customer writes has no author and moves the ticket up', async () => {
    await escalated.customerWrites('ESC-00004', 'Sigue roto');
    const { replies, status, last_reply_author } = await ticket('ESC-00004');
    assert.ok(replies.some((each: any) => each.body === 'Sigue roto' && each.author === null));
    assert.deepEqual([status, last_reply_author], ['open', null]);
    assert.equal((await list('sort_by=updated_at&sort_dir=desc')).data[0].reference, 'ESC-00004');
  });

  test('somebody is assigned, which begins the work; nobody cannot be', async () => {
    assert.equal((await ask('POST', 'tickets/ESC-00021/assign/', { agent_id: 3 })).status, 200);
    const { assignee, status } = await ticket('ESC-00021');
    assert.deepEqual([assignee.id, status], [3, 'in_progress']);
    assert.equal((await ask('POST', 'tickets/ESC-00021/assign/', { agent_id: null })).status, 422);
    assert.equal((await ask('POST', 'tickets/ESC-00021/assign/', { agent_id: 99 })).status, 404);
  });

  test('tags are replaced as a whole, and an unknown id is how to clear them', async () => {
    const names = async () => (await ticket('ESC-00021')).tags.map((each: any) => each.id).sort();
    await setTags('ESC-00021', [1, 2]);
    assert.deepEqual(await names(), [1, 2]);
    assert.equal((await setTags('ESC-00021', [])).status, 422);
    assert.equal((await setTags('ESC-00021', [0])).status, 200);
    assert.deepEqual(await names(), []);
    assert.equal((await setTags('ESC-00021', ['x'])).status, 500);
  });

  test('a ticket is closed, with the reason as a note before, and reopened', async () => {
    await ask('POST', 'tickets/ESC-00031/reply/', { body: 'Cierre: resuelto', is_internal_note: true });
    assert.deepEqual((await setStatus('ESC-00031', 'closed')).body, { message: 'Status updated.', status: 'closed' });
    assert.notEqual((await ticket('ESC-00031')).closed_at, null);
    await setStatus('ESC-00031', 'reopened');
    const { status, closed_at } = await ticket('ESC-00031');
    assert.deepEqual([status, closed_at], ['reopened', null]);
    assert.equal((await setStatus('ESC-00031', 'bogus')).status, 422);
  });

  test('each change is told twice, once without who did it', async () => {
    const changes = (await ticket('ESC-00031')).activities.filter((each: any) => each.properties.new_status === 'closed');
    assert.deepEqual(changes.map((each: any) => each.causer?.id ?? null).sort(), [1, null]);
  });

  test('one ticket is refused and stays open', async () => {
    const { status, body } = await setStatus(data.blocked, 'closed');
    assert.deepEqual([status, body], [422, { message: 'Validation failed.', errors: { status: 'This ticket is under a legal hold.' } }]);
    assert.equal((await ticket(data.blocked)).status, 'open');
  });

  test('agents, departments and tags are told', async () => {
    for (const [path, told] of [['agents/', data.agents], ['departments/', data.departments], ['tags/', data.tags]]) {
      const found = (await ask('GET', path)).body.data.map((each: any) => each.name);
      assert.deepEqual(found.toSorted(), told.map((each: any) => each.name).toSorted(), path);
    }
  });

  test('without its slash an address leads elsewhere, and what is not there is told in JSON', async () => {
    assert.equal((await ask('POST', 'tickets/ESC-00001/reply', { body: 'x' })).status, 301);
    assert.deepEqual((await ask('GET', 'tickets/NOPE/')).body, { message: 'Ticket not found.' });
  });

  test('signing in answers a token, and who it belongs to can be asked', async () => {
    const [{ email, password }] = escalated.told.sign_in.people;
    const { token } = (await ask('POST', 'auth/login/', { email, password }, {})).body.data;
    const me = await ask('GET', 'auth/me/', undefined, { authorization: `Bearer ${token}` });
    assert.equal(me.body.data.email, email);
    assert.equal((await ask('POST', 'auth/login/', { email, password: 'x' }, {})).status, 401);
  });

  test('an expired token is 401 until it is good again', async () => {
    await escalated.expire();
    const { status, body } = await ask('GET', 'tickets/');
    assert.deepEqual([status, body], [401, { message: 'Token has expired.' }]);
    await escalated.restore();
    assert.equal((await ask('GET', 'agents/')).status, 200);
  });
});
