/** The data of the stand-in: sixty conversations in every state, the same at every start but for the times, which are
 * counted back from now. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Agent, type Conversation, INCOMING, OUTGOING, type Priority, State, type Status, now } from './state';

interface Person { username: string; name: string; email: string }
interface Stories {
  agents: Person[]; admin: Person; teams: string[]; tags: string[]; reasons: string[];
  customers: { name: string; email: string; phone: string }[];
  stories: { subject: string; tags: string[]; turns: [string, string][] }[];
}

const stories: Stories = JSON.parse(readFileSync(join(import.meta.dirname, '../common/stories.json'), 'utf8'));
const COUNT = 60;
/** Of ten conversations, six are open in one way or another. */
const STATUS: Status[] = ['open', 'resolved', 'open', 'pending', 'resolved', 'open', 'resolved', 'snoozed', 'open', 'open'];
const PRIORITIES: Priority[] = ['urgent', null, 'low', null, 'high', null, 'medium'];
const CHANNELS = [['WhatsApp', 'Channel::Whatsapp'], ['Sitio web', 'Channel::WebWidget'], ['Correo', 'Channel::Email']] as const;
/** Which conversation no bulk action closes; it is open and nobody's. */
const INVALID = 16;

/** Labels are words without spaces in the product. */
const label = (tag: string): string => tag.replaceAll(' ', '-');

export function seeded(): State {
  const state = new State();
  const people = [...stories.agents, stories.admin];
  state.agents = people.map((person, at) => ({
    id: at + 1, name: person.name, email: person.email, role: person === stories.admin ? 'administrator' : 'agent',
    token: `${person.username}-0123456789abcdef`,
  }));
  state.contacts = stories.customers.map((customer, at) => ({ id: at + 1, ...customer }));
  state.inboxes = CHANNELS.map(([name, channel], at) => ({ id: at + 1, name, channel }));
  state.teams = stories.teams.map((name, at) => ({ id: at + 1, name: name.toLowerCase() }));
  state.labels = stories.tags.map((tag, at) => ({ id: at + 1, title: label(tag), color: '#1F93FF' }));
  for (let number = 0; number < COUNT; number++) conversation(state, number);
  return state;
}

function conversation(state: State, number: number): void {
  const { turns, tags } = cycle(stories.stories, number);
  const opened = now() - (number * number * 11 + 40) * 60;
  const begun = state.begin(cycle(state.contacts, number), cycle(state.inboxes, number), opened);
  begun.assignee = state.agents[number % 4]!.role === 'agent' ? state.agents[number % 4]! : null;
  begun.team = number % 5 === 4 ? null : cycle(state.teams, number);
  begun.labels = tags.map(label);
  begun.priority = cycle(PRIORITIES, number);
  turns.forEach(([who, content], step) => {
    const sender = who === 'c' ? begun.contact : begun.assignee ?? state.agents[1]!;
    state.say(begun, { content, type: who === 'c' ? INCOMING : OUTGOING, private: who === 'n', at: opened + step * 420, sender });
  });
  if (number % 3 === 0) begun.seenAt = opened + turns.length * 420;
  end(begun, cycle(STATUS, number), number);
  begun.invalid = begun.id === INVALID;
}

function end(begun: Conversation, status: Status, number: number): void {
  begun.status = status;
  if (status === 'snoozed') begun.snoozedUntil = now() + 86_400;
  if (status === 'resolved') {
    begun.custom = { close_reason: cycle(stories.reasons, number), closed_by: begun.assignee?.name ?? 'Beto Lima' };
  }
}

function cycle<T>(of: readonly T[], at: number): T {
  return of[at % of.length]!;
}

/** What is told of the data: the ids that whoever uses it needs to know. */
export function told(state: State): object {
  const ids = (status: Status) => state.conversations.filter((each) => each.status === status).map((each) => each.id);
  return {
    account: 1,
    conversations: state.conversations.length,
    of_status: { open: ids('open'), pending: ids('pending'), resolved: ids('resolved'), snoozed: ids('snoozed') },
    blocked: INVALID,
    agents: state.agents.map(({ token, ...agent }) => agent),
    teams: state.teams,
    inboxes: state.inboxes,
    labels: state.labels.map(({ title }) => title),
    reasons: stories.reasons,
  };
}

export function tokens(agents: Agent[]): object[] {
  return agents.map(({ email, token }) => ({ email, token }));
}
