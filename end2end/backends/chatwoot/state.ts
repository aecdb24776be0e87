/** What the stand-in for Chatwoot knows, and what happens to it. Owns the behaviour; knows nothing of HTTP and of how
 * a conversation looks as JSON. Times are whole seconds since 1970, and 0 is never, as in the product. */
import { randomUUID } from 'node:crypto';

export type Status = 'open' | 'resolved' | 'pending' | 'snoozed';
export type Priority = 'urgent' | 'high' | 'medium' | 'low' | null;
export const STATUSES: readonly Status[] = ['open', 'resolved', 'pending', 'snoozed'];
/** As the product numbers them. */
export const INCOMING = 0, OUTGOING = 1, ACTIVITY = 2;

export interface Agent { id: number; name: string; email: string; role: 'agent' | 'administrator'; token: string }
export interface Contact { id: number; name: string; email: string; phone: string }
export interface Inbox { id: number; name: string; channel: string }
export interface Team { id: number; name: string }
export interface Label { id: number; title: string; color: string }
export interface File { id: number; name: string; type: string; size: number }
export interface Message {
  id: number; content: string; type: number; private: boolean; at: number;
  sender: Agent | Contact | null; files: File[]; echoId?: string;
}
export interface Conversation {
  id: number; uuid: string; contact: Contact; inbox: Inbox; status: Status; assignee: Agent | null; team: Team | null;
  labels: string[]; priority: Priority; custom: Record<string, unknown>; messages: Message[];
  createdAt: number; updatedAt: number; lastActivityAt: number; seenAt: number; snoozedUntil: number | null;
  /** A record that does not pass the product's own validation any more: whatever saves it fails. */
  invalid: boolean;
}
/** What a bulk action may change. */
export interface Bulk {
  ids: number[]; fields?: { status?: Status; assignee_id?: number; team_id?: number };
  labels?: { add?: string[]; remove?: string[] };
}

export const now = (): number => Math.floor(Date.now() / 1000);

export class Invalid extends Error {}

export class State {
  agents: Agent[] = [];
  contacts: Contact[] = [];
  inboxes: Inbox[] = [];
  teams: Team[] = [];
  labels: Label[] = [];
  conversations: Conversation[] = [];
  /** While true, no token is good. */
  expired = false;
  private lastMessage = 0;
  private lastFile = 0;

  agentOf(token: string | undefined): Agent | undefined {
    return this.expired ? undefined : this.agents.find((agent) => agent.token === token);
  }

  conversation(id: number): Conversation | undefined {
    return this.conversations.find((each) => each.id === id);
  }

  begin(contact: Contact, inbox: Inbox, at: number): Conversation {
    const begun: Conversation = {
      id: this.conversations.length + 1, uuid: randomUUID(), contact, inbox, status: 'open', assignee: null, team: null,
      labels: [], priority: null, custom: {}, messages: [], createdAt: at, updatedAt: at, lastActivityAt: at, seenAt: 0,
      snoozedUntil: null, invalid: false,
    };
    this.conversations.push(begun);
    return begun;
  }

  say(to: Conversation, said: Partial<Message> & Pick<Message, 'content' | 'type'>): Message {
    const message: Message = { private: false, at: now(), sender: null, files: [], ...said, id: ++this.lastMessage };
    for (const file of message.files) file.id = ++this.lastFile;
    to.messages.push(message);
    to.lastActivityAt = message.at;
    to.updatedAt = message.at;
    // Whoever answers has seen what came before.
    if (message.type === OUTGOING) to.seenAt = message.at;
    // Somebody who writes again is attended again.
    if (message.type === INCOMING && to.status !== 'open') to.status = 'open';
    return message;
  }

  setStatus(of: Conversation, status: Status, by: Agent, snoozedUntil: number | null = null): void {
    if (of.invalid) throw new Invalid('Additional attributes is invalid');
    const changes = of.status !== status;
    of.status = status;
    of.snoozedUntil = status === 'snoozed' ? snoozedUntil : null;
    if (changes) this.note(of, `Conversation was ${status === 'open' ? 'reopened' : `marked ${status}`} by ${by.name}`);
    // The product gives what an agent opens to that agent.
    if (status === 'open' && by.role === 'agent') of.assignee = by;
  }

  assign(of: Conversation, to: Agent | null, by: Agent): void {
    const was = of.assignee;
    of.assignee = to;
    if (to && to !== was) this.note(of, to === by ? `${by.name} self-assigned this conversation` : `Assigned to ${to.name} by ${by.name}`);
    if (!to && was) this.note(of, `Conversation unassigned by ${by.name}`);
  }

  setTeam(of: Conversation, team: Team | null, by: Agent): void {
    of.team = team;
    this.note(of, team ? `Assigned to ${team.name} by ${by.name}` : `Unassigned from the team by ${by.name}`);
  }

  setLabels(of: Conversation, labels: string[], by: Agent): void {
    const added = labels.filter((label) => !of.labels.includes(label));
    const removed = of.labels.filter((label) => !labels.includes(label));
    of.labels = [...new Set(labels)];
    if (added.length) this.note(of, `${by.name} added ${added.join(', ')}`);
    if (removed.length) this.note(of, `${by.name} removed ${removed.join(', ')}`);
  }

  /** The product answers first and works then; a record that cannot be saved is passed over without a word. */
  bulk(action: Bulk, by: Agent): void {
    for (const id of action.ids) {
      const conversation = this.conversation(id);
      if (!conversation || conversation.invalid) continue;
      const { add = [], remove = [] } = action.labels ?? {};
      const labels = [...conversation.labels.filter((label) => !remove.includes(label)), ...add];
      if (add.length || remove.length) this.setLabels(conversation, labels, by);
      const { status, assignee_id, team_id } = action.fields ?? {};
      if (assignee_id != null) this.assign(conversation, this.agents.find((agent) => agent.id === assignee_id) ?? null, by);
      if (team_id != null) this.setTeam(conversation, this.teams.find((team) => team.id === team_id) ?? null, by);
      if (status && status !== conversation.status) {
        conversation.status = status;
        this.note(conversation, `Conversation was ${status === 'open' ? 'reopened' : `marked ${status}`} by ${by.name}`);
      }
    }
  }

  unread(of: Conversation): number {
    return of.messages.filter((message) => message.type === INCOMING && message.at > of.seenAt).length;
  }

  markUnread(of: Conversation): void {
    const last = of.messages.filter((message) => message.type === INCOMING).at(-1);
    of.seenAt = last ? last.at - 1 : 0;
  }

  private note(of: Conversation, content: string): void {
    const { lastActivityAt } = of;
    this.say(of, { content, type: ACTIVITY });
    // Only what people say counts as activity.
    of.lastActivityAt = lastActivityAt;
  }
}
