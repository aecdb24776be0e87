/** What the connector for Chatwoot relies on, asked through Prism where Chatwoot's document is present: Prism fails
 * with 422 what the document does not let one ask, and with 500 what it does not let the stand-in answer. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Backend } from '../../support/backend';

let chatwoot: Backend;
let data: any;

const ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  chatwoot.ask(method, `/api/v1/accounts/1/${path}`, body, headers);
const get = async (path: string) => (await ask('GET', path)).body;
const conversation = (id: number) => get(`conversations/${id}`);
const on = (id: number, verb: string, body?: unknown) => ask('POST', `conversations/${id}/${verb}`, body);
const thread = async (id: number) => (await get(`conversations/${id}/messages`)).payload;

/** Asks again until it is so: the product answers a bulk action before it has carried it out. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.fail('it never came to be');
}

describe('Chatwoot', () => {
  before(async () => { chatwoot = await Backend.start('chatwoot'); data = chatwoot.told.data; });
  after(async () => { assert.equal(await chatwoot?.stop(), 0); });

  test('a list comes in two envelopes, open ones unless told otherwise, 25 a page without a number of pages', async () => {
    assert.equal((await get('conversations')).data.meta.all_count, data.of_status.open.length);
    const { meta, payload } = (await get('conversations?status=all&page=3')).data;
    assert.deepEqual([meta.all_count, payload.length], [60, 10]);
    assert.deepEqual((await get('conversations?status=all&page=4')).data.payload, []);
  });

  test('a list is of one status, of somebody, of a team and of labels', async () => {
    const ids = async (query: string) => (await get(`conversations?${query}`)).data.payload;
    assert.ok((await ids('status=snoozed')).every((each: any) => each.status === 'snoozed' && each.snoozed_until > 0));
    assert.ok((await ids('assignee_type=me')).every((each: any) => each.meta.assignee.id === 1));
    assert.ok((await ids('assignee_type=unassigned')).every((each: any) => !('assignee' in each.meta)));
    assert.ok((await ids('team_id=2')).every((each: any) => each.meta.team.id === 2));
    assert.ok((await ids('labels[]=vip')).every((each: any) => each.labels.includes('vip')));
  });

  test('a filter is a flat list of conditions with strings, answered in one envelope', async () => {
    const clauses = [
      { attribute_key: 'status', filter_operator: 'equal_to', values: ['open', 'pending'], query_operator: 'AND' },
      { attribute_key: 'assignee_id', filter_operator: 'equal_to', values: ['1'] },
    ];
    const { meta, payload } = (await ask('POST', 'conversations/filter?page=1', { payload: clauses })).body;
    assert.equal(meta.all_count, payload.length);
    assert.ok(payload.length > 0 && payload.every((each: any) => each.meta.assignee.id === 1 && each.status !== 'resolved'));
    const nobody = [clauses[0], { attribute_key: 'assignee_id', filter_operator: 'is_not_present', values: [] }];
    const found = (await ask('POST', 'conversations/filter', { payload: nobody })).body.payload;
    assert.ok(found.length > 0 && found.every((each: any) => !each.meta.assignee));
    assert.equal((await ask('POST', 'conversations/filter', { payload: [{ ...clauses[1], attribute_key: 'nope' }] })).status, 422);
  });

  test('times are seconds, and never is 0', async () => {
    const { created_at, last_activity_at, agent_last_seen_at } = await conversation(5);
    assert.ok(created_at > 1e9 && created_at < 1e10 && last_activity_at >= created_at);
    assert.equal(agent_last_seen_at, 0);
    assert.equal((await ask('GET', 'conversations/999')).status, 404);
  });

  test('a thread is paged by ids, and who wrote is told by kind', async () => {
    const said = await thread(6);
    assert.deepEqual(said.map((each: any) => [each.message_type, each.sender.type]), [[0, 'contact'], [1, 'user'], [0, 'contact']]);
    const older = (await get(`conversations/6/messages?before=${said[1].id}`)).payload;
    assert.deepEqual(older.map((each: any) => each.id), [said[0].id]);
  });

  test('a reply brings back the id of who sent it, a note is private', async () => {
    const { body } = await on(1, 'messages', { content: 'Hola ñ 😕', message_type: 'outgoing', private: false, echo_id: 'abc' });
    assert.deepEqual([body.content, body.message_type, body.private, body.echo_id], ['Hola ñ 😕', 1, false, 'abc']);
    await on(1, 'messages', { content: 'nota', private: true });
    assert.equal((await thread(1)).at(-1).private, true);
    assert.equal((await on(1, 'messages', { content: '' })).status, 422);
  });

  test('a reply takes files as a form', async () => {
    const form = new FormData();
    form.set('content', 'adjunto');
    form.append('attachments[]', new Blob(['hola'], { type: 'text/plain' }), 'nota.txt');
    const [file] = (await on(1, 'messages', form)).body.attachments;
    assert.deepEqual([file.file_type, file.file_size], ['file', 4]);
  });

  test('somebody is assigned, a team is, and nobody is by null', async () => {
    assert.equal((await on(3, 'assignments', { assignee_id: 2 })).body.name, 'Beto Lima');
    assert.equal((await on(3, 'assignments', { team_id: 1 })).body.name, 'soporte');
    assert.equal((await on(3, 'assignments', { assignee_id: null })).body, null);
    const { meta } = await conversation(3);
    assert.deepEqual([meta.assignee, meta.team.id], [undefined, 1]);
  });

  test('labels and custom attributes are replaced as a whole', async () => {
    assert.deepEqual((await on(3, 'labels', { labels: ['vip', 'factura'] })).body.payload, ['vip', 'factura']);
    assert.deepEqual((await on(3, 'labels', { labels: [] })).body.payload, []);
    await on(3, 'custom_attributes', { custom_attributes: { a: 1 } });
    await on(3, 'custom_attributes', { custom_attributes: { b: 2 } });
    assert.deepEqual((await conversation(3)).custom_attributes, { b: 2 });
  });

  test('closing with a reason is two steps, and whoever reopens gets it', async () => {
    await on(9, 'custom_attributes', { custom_attributes: { close_reason: 'Resuelto' } });
    assert.equal((await on(9, 'toggle_status', { status: 'resolved' })).body.payload.current_status, 'resolved');
    const closed = await conversation(9);
    assert.deepEqual([closed.status, closed.custom_attributes.close_reason], ['resolved', 'Resuelto']);
    await on(9, 'toggle_status', { status: 'open' });
    const { status, meta } = await conversation(9);
    assert.deepEqual([status, meta.assignee.id], ['open', 1]);
  });

  test('snoozing has a time in seconds', async () => {
    await on(10, 'toggle_status', { status: 'snoozed', snoozed_until: 1_900_000_000 });
    const { status, snoozed_until } = await conversation(10);
    assert.deepEqual([status, snoozed_until], ['snoozed', 1_900_000_000]);
  });

  test('unread and seen, which the document lacks, answer the conversation', async () => {
    assert.equal((await on(5, 'update_last_seen')).body.unread_count, 0);
    assert.equal((await on(5, 'unread')).body.unread_count, 1);
  });

  test('a bulk action is answered at once and empty, and leaves one open without a word', async () => {
    const ids = [11, 13, data.blocked];
    const { status, body } = await ask('POST', 'bulk_actions', { type: 'Conversation', ids, fields: { status: 'resolved' }, labels: { add: ['vip'] } });
    assert.deepEqual([status, body], [200, '']);
    await until(async () => (await conversation(13)).status === 'resolved');
    assert.deepEqual((await conversation(11)).labels.includes('vip'), true);
    const left = await conversation(data.blocked);
    assert.deepEqual([left.status, left.labels.includes('vip')], ['open', false]);
  });

  test('the one that stays open says why when asked alone', async () => {
    const { status, body } = await on(data.blocked, 'toggle_status', { status: 'resolved' });
    assert.deepEqual([status, body.message], [422, 'Additional attributes is invalid']);
  });

  test('a contact who writes is unread on top, and opens what was resolved', async () => {
    const [id] = data.of_status.resolved;
    await chatwoot.customerWrites(id, 'Sigue roto');
    const [first] = (await get('conversations')).data.payload;
    assert.deepEqual([first.id, first.status, first.last_non_activity_message.content], [id, 'open', 'Sigue roto']);
    assert.ok(first.unread_count > 0);
  });

  test('what has changed lately can be asked for', async () => {
    const changed = (await get('conversations?status=all&updated_within=60')).data.payload.map((each: any) => each.id);
    assert.ok(changed.includes(1) && !changed.includes(60));
  });

  test('agents and teams are bare lists; labels, inboxes and macros are in an envelope', async () => {
    assert.deepEqual((await get('agents')).map((each: any) => each.name), data.agents.map((each: any) => each.name));
    assert.equal((await get('teams')).length, 3);
    for (const path of ['labels', 'inboxes', 'macros']) assert.ok((await get(path)).payload.length > 0, path);
    assert.equal((await chatwoot.get('/api/v1/profile')).name, 'Ana Torres');
  });

  test('what the document does not let one ask is refused', async (context) => {
    if (!(chatwoot.told as any).checked) return context.skip("Chatwoot's document is not here");
    for (const [path, body] of [['toggle_status', { status: 'bogus' }], ['labels', { labels: 'vip' }], ['messages', { content: 5 }]] as const) {
      const answer = await on(1, path, body);
      assert.deepEqual([answer.status, answer.body.title], [422, 'Invalid request'], path);
    }
  });

  test('an expired token is 401 until it is good again', async () => {
    await chatwoot.expire();
    const { status, body } = await ask('GET', 'conversations');
    assert.deepEqual([status, body], [401, { error: 'Invalid Access Token' }]);
    assert.equal((await ask('GET', 'conversations', undefined, {})).status, 401);
    await chatwoot.restore();
    assert.equal((await ask('GET', 'conversations')).status, 200);
  });
});
