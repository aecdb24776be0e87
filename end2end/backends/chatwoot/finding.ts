/** Which conversations a list or a filter means, and in which order. Knows nothing of pages and envelopes. */
import { ACTIVITY, type Agent, type Conversation, State, now } from './state';

export const PAGE = 25;

/** One condition of `…/conversations/filter`. */
export interface Clause {
  attribute_key: string; filter_operator: string; values?: unknown[]; query_operator?: 'AND' | 'OR' | null;
}
export class BadFilter extends Error {}

/** What the parameters of the list mean, but for `assignee_type`, which the counts leave out. */
export function listed(state: State, query: URLSearchParams): Conversation[] {
  const status = query.get('status') ?? 'open';
  const labels = [...query.getAll('labels'), ...query.getAll('labels[]')];
  const words = query.get('q')?.toLowerCase();
  const within = query.get('updated_within');
  return state.conversations.filter((each) =>
    (words !== undefined || status === 'all' || each.status === status)
    && is(query.get('inbox_id'), each.inbox.id) && is(query.get('team_id'), each.team?.id)
    && (!labels.length || labels.some((label) => each.labels.includes(label)))
    && (words === undefined || each.messages.some((said) => said.type !== ACTIVITY && said.content.toLowerCase().includes(words)))
    && (within === null || each.updatedAt > now() - Number(within)));
}

const is = (wanted: string | null, found: number | undefined): boolean => wanted === null || Number(wanted) === found;

export function of(type: string | null, me: Agent): (each: Conversation) => boolean {
  switch (type) {
    case 'me': return (each) => each.assignee === me;
    case 'unassigned': return (each) => !each.assignee;
    case 'assigned': return (each) => !!each.assignee;
    default: return () => true;
  }
}

export function sorted(found: Conversation[], by: string | null): Conversation[] {
  const [, field = 'last_activity_at', direction = 'desc'] = /^(last_activity_at|created_at|priority)_(asc|desc)$/.exec(by ?? '') ?? [];
  const rank = { urgent: 4, high: 3, medium: 2, low: 1 };
  const key = (each: Conversation): number => field === 'created_at' ? each.createdAt
    : field === 'priority' ? (each.priority ? rank[each.priority] : 0) : each.lastActivityAt;
  const sign = direction === 'asc' ? 1 : -1;
  // The product keeps moments finer than the seconds that it tells.
  const said = (each: Conversation): number => each.messages.findLast(({ type }) => type !== ACTIVITY)?.id ?? 0;
  const finer = (a: Conversation, b: Conversation): number => field === 'last_activity_at' ? said(a) - said(b) : 0;
  return [...found].sort((a, b) => sign * (key(a) - key(b) || finer(a, b)) || a.id - b.id);
}

/** The flat list of conditions as the product makes SQL of it: AND binds closer than OR, nothing can be bracketed. */
export function filtered(state: State, clauses: Clause[]): Conversation[] {
  const groups: Clause[][] = [[]];
  clauses.forEach((clause, at) => {
    groups.at(-1)!.push(clause);
    const last = at === clauses.length - 1;
    if (last !== !clause.query_operator) throw new BadFilter('Query operator must be either "AND" or "OR".');
    if (clause.query_operator === 'OR') groups.push([]);
  });
  return state.conversations.filter((each) => groups.some((all) => all.every((clause) => holds(each, clause))));
}

function holds(each: Conversation, { attribute_key, filter_operator, values = [] }: Clause): boolean {
  const found = attribute(each, attribute_key);
  const wanted = values.map(String);
  switch (filter_operator) {
    case 'equal_to': return wanted.includes('all') || found.some((value) => wanted.includes(value));
    case 'not_equal_to': return !found.some((value) => wanted.includes(value));
    case 'contains': return found.some((value) => wanted.some((part) => value.toLowerCase().includes(part.toLowerCase())));
    case 'does_not_contain': return !found.some((value) => wanted.some((part) => value.toLowerCase().includes(part.toLowerCase())));
    case 'is_present': return found.length > 0;
    case 'is_not_present': return found.length === 0;
    // Days, as the product compares them: `2026-11-28`.
    case 'is_greater_than': return found.some((value) => day(value) > wanted[0]!);
    case 'is_less_than': return found.some((value) => day(value) < wanted[0]!);
    default: throw new BadFilter(`Invalid operator. The allowed operators for ${attribute_key} are [equal_to,not_equal_to].`);
  }
}

const day = (seconds: string): string => new Date(Number(seconds) * 1000).toISOString().slice(0, 10);

function attribute(each: Conversation, key: string): string[] {
  const one = (value: unknown): string[] => value === null || value === undefined ? [] : [String(value)];
  switch (key) {
    case 'status': return [each.status];
    case 'assignee_id': return one(each.assignee?.id);
    case 'team_id': return one(each.team?.id);
    case 'inbox_id': return one(each.inbox.id);
    case 'display_id': return one(each.id);
    case 'contact_id': return one(each.contact.id);
    case 'labels': return each.labels;
    case 'priority': return one(each.priority);
    case 'created_at': return one(each.createdAt);
    case 'last_activity_at': return one(each.lastActivityAt);
    case 'close_reason': return one(each.custom.close_reason);
    default: throw new BadFilter(`Invalid attribute key - [${key}]. The key should be one of [status,assignee_id,inbox_id,team_id,…] or a custom attribute defined in the account.`);
  }
}
