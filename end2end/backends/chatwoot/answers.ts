/** The stand-in's interface: what Chatwoot answers to which call. Knows nothing of Prism. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BadFilter, type Clause, PAGE, filtered, listed, of, sorted } from './finding';
import * as shapes from './shapes';
import { type Agent, type Bulk, type Conversation, type File, Invalid, OUTGOING, STATUSES, State, type Status, now } from './state';

/** A call as the answers see it. */
interface Call { state: State; me: Agent; query: URLSearchParams; body: any; base: string; ids: number[] }
/** What is answered; a body of `undefined` is an empty one. */
interface Answer { status: number; body?: unknown }
type Answering = (call: Call) => Answer;

const ok = (body?: unknown): Answer => ({ status: 200, body });
const missing: Answer = { status: 404, body: { error: 'Resource could not be found' } };
/** How long the product takes to get to a bulk action, which it answers at once. */
const BULK_MS = 300;

/** Answers of one conversation, which the address names by its number. */
const on = (answer: (found: Conversation, call: Call) => Answer): Answering => (call) => {
  const found = call.state.conversation(call.ids[0]!);
  return found ? answer(found, call) : missing;
};

const whole = (found: Conversation, { state, base }: Call): Answer => ok(shapes.conversation(state, found, base));

const ANSWERS: [string, RegExp, Answering][] = [
  ['GET', /^\/api\/v1\/profile$/, ({ me }) => ok(shapes.profile(me))],
  ['GET', account('agents'), ({ state }) => ok(state.agents.map(shapes.agent))],
  ['GET', account('teams'), ({ state }) => ok(state.teams.map(shapes.team))],
  ['GET', account('inboxes'), ({ state }) => ok({ payload: state.inboxes.map(shapes.inbox) })],
  ['GET', account('labels'), ({ state }) => ok({ payload: state.labels.map((label) => ({ ...label, description: '', show_on_sidebar: true })) })],
  ['GET', account('canned_responses'), () => ok([{ id: 1, account_id: 1, short_code: 'gracias', content: 'Gracias por escribirnos.' }])],
  ['GET', account('macros'), () => ok({ payload: [{ id: 1, name: 'Resolver', visibility: 'global', actions: [{ action_name: 'resolve_conversation', action_params: [] }] }] })],
  ['GET', account('contacts/(\\d+)'), ({ state, ids }) => {
    const found = state.contacts.find((each) => each.id === ids[0]);
    return found ? ok({ payload: { ...shapes.contact(found), contact_inboxes: [] } }) : missing;
  }],
  ['GET', account('conversations/meta'), (call) => ok({ meta: shapes.counts(listed(call.state, call.query), call.me) })],
  ['GET', account('conversations'), list],
  ['POST', account('conversations/filter'), filter],
  ['POST', account('bulk_actions'), bulk],
  ['GET', one(''), on(whole)],
  ['PATCH', one(''), on((found, call) => { setPriority(found, call.body.priority); return whole(found, call); })],
  ['POST', one('/toggle_status'), on(toggleStatus)],
  ['POST', one('/toggle_priority'), on((found, { body }) => { setPriority(found, body.priority); return ok(); })],
  ['POST', one('/custom_attributes'), on((found, { body }) => {
    found.custom = body.merge ? { ...found.custom, ...body.custom_attributes } : body.custom_attributes ?? {};
    found.updatedAt = now();
    return ok({ custom_attributes: found.custom });
  })],
  ['POST', one('/assignments'), on(assign)],
  ['GET', one('/labels'), on((found) => ok({ payload: found.labels }))],
  ['POST', one('/labels'), on((found, { state, me, body }) => { state.setLabels(found, body.labels ?? [], me); return ok({ payload: found.labels }); })],
  ['GET', one('/messages'), on(thread)],
  ['POST', one('/messages'), on(say)],
  ['POST', one('/update_last_seen'), on((found, call) => { found.seenAt = now(); return whole(found, call); })],
  ['POST', one('/unread'), on((found, call) => { call.state.markUnread(found); return whole(found, call); })],
];

function account(path: string): RegExp { return new RegExp(`^/api/v1/accounts/${shapes.ACCOUNT}/${path}$`); }
function one(path: string): RegExp { return account(`conversations/(\\d+)${path}`); }

function page(found: Conversation[], { query, state, base }: Call): unknown[] {
  const from = (Math.max(Number(query.get('page') ?? 1), 1) - 1) * PAGE;
  // What has just changed is told in one piece.
  const shown = query.has('updated_within') ? found : found.slice(from, from + PAGE);
  return shown.map((each) => shapes.conversation(state, each, base));
}

function list(call: Call): Answer {
  const found = listed(call.state, call.query);
  const shown = sorted(found.filter(of(call.query.get('assignee_type'), call.me)), call.query.get('sort_by'));
  return ok({ data: { meta: shapes.counts(found, call.me), payload: page(shown, call) } });
}

function filter(call: Call): Answer {
  const found = filtered(call.state, (call.body.payload ?? []) as Clause[]);
  return ok({ meta: shapes.counts(found, call.me), payload: page(sorted(found, null), call) });
}

function bulk({ state, me, body }: Call): Answer {
  if (body.type !== 'Conversation') return { status: 422, body: { success: false } };
  setTimeout(() => state.bulk(body as Bulk, me), BULK_MS);
  return ok();
}

function toggleStatus(found: Conversation, { state, me, body }: Call): Answer {
  const next: Status = body.status ?? (found.status === 'open' ? 'resolved' : 'open');
  if (!STATUSES.includes(next)) return { status: 422, body: { message: `'${next}' is not a valid status` } };
  state.setStatus(found, next, me, body.snoozed_until ? Number(body.snoozed_until) : null);
  return ok({ meta: {}, payload: { success: true, current_status: found.status, conversation_id: found.id, snoozed_until: found.snoozedUntil } });
}

function setPriority(of: Conversation, to: string | null | undefined): void {
  of.priority = !to || to === 'none' ? null : to as Conversation['priority'];
  of.updatedAt = now();
}

/** The answer is the agent or the team, and `null` where nobody is left. */
function assign(found: Conversation, { state, me, body }: Call): Answer {
  if ('assignee_id' in body) {
    state.assign(found, state.agents.find((each) => each.id === Number(body.assignee_id)) ?? null, me);
    return ok(found.assignee && shapes.agent(found.assignee));
  }
  if ('team_id' in body) {
    state.setTeam(found, state.teams.find((each) => each.id === Number(body.team_id)) ?? null, me);
    return ok(found.team && shapes.team(found.team));
  }
  return ok(null);
}

function thread(found: Conversation, { query, base }: Call): Answer {
  const number = (name: string) => query.has(name) ? Number(query.get(name)) : undefined;
  const [before, after] = [number('before'), number('after')];
  let shown = found.messages;
  if (after !== undefined && before !== undefined) shown = shown.filter(({ id }) => id >= after && id < before).slice(0, 1000);
  else if (after !== undefined) shown = shown.filter(({ id }) => id > after).slice(0, 100);
  else shown = shown.filter(({ id }) => before === undefined || id < before).slice(-20);
  const meta = {
    labels: found.labels, additional_attributes: {}, contact: { payload: [] },
    ...(found.assignee ? { assignee: shapes.agent(found.assignee) } : {}),
    agent_last_seen_at: found.seenAt ? new Date(found.seenAt * 1000).toISOString() : null, assignee_last_seen_at: null,
  };
  return ok({ meta, payload: shown.map((said) => shapes.message(found, said, base)) });
}

function say(found: Conversation, { state, me, body, base }: Call): Answer {
  const files = (body.files ?? []) as File[];
  const content = String(body.content ?? '');
  if (!content && !files.length) return { status: 422, body: { error: 'Content or attachments must be present' } };
  const said = state.say(found, { content, type: OUTGOING, private: String(body.private) === 'true', sender: me, files, echoId: body.echo_id });
  return ok(shapes.message(found, said, base));
}

/** Answers one request. The stand-in's own address goes into the links it writes. */
export async function answer(state: State, request: IncomingMessage, response: ServerResponse, base: string): Promise<void> {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', base);
  const told = await reply();
  const text = told.body === undefined ? '' : JSON.stringify(told.body);
  response.writeHead(told.status, text ? { 'content-type': 'application/json; charset=utf-8' } : {}).end(text);

  async function reply(): Promise<Answer> {
    const body = await read(request);
    const token = request.headers.api_access_token as string | undefined;
    const me = state.agentOf(token);
    if (!token) return { status: 401, body: { errors: ['You need to sign in or sign up before continuing.'] } };
    if (!me) return { status: 401, body: { error: 'Invalid Access Token' } };
    for (const [method, address, answering] of ANSWERS) {
      const found = method === request.method ? address.exec(pathname) : null;
      if (found) return guarded(() => answering({ state, me, query, body, base, ids: found.slice(1).map(Number) }));
    }
    return missing;
  }
}

function guarded(answering: () => Answer): Answer {
  try {
    return answering();
  } catch (error) {
    if (error instanceof BadFilter) return { status: 422, body: { error: error.message } };
    if (error instanceof Invalid) return { status: 422, body: { message: error.message, attributes: ['additional_attributes'] } };
    throw error;
  }
}

/** JSON, or a form with files. */
async function read(request: IncomingMessage): Promise<any> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!raw.length) return {};
  if (!type.includes('form')) return JSON.parse(raw.toString());
  const form = await new Request('http://form.test', { method: 'POST', headers: { 'content-type': type }, body: raw }).formData();
  const files = form.getAll('attachments[]').filter((part): part is globalThis.File => typeof part !== 'string')
    .map(({ name, type: kind, size }) => ({ id: 0, name, type: kind, size }));
  const fields: [string, string][] = [];
  form.forEach((value, name) => { if (typeof value === 'string') fields.push([name, value]); });
  return { ...Object.fromEntries(fields), files };
}
