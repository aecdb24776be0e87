/** What is true in a foreign back end, in words that all of them share. Stories look here whether the inbox said so. */
import { Backend } from './backend';

export interface Truth {
  /** The back end's folder and connector. */
  name: string;
  /** Settings of its connector. */
  settings: Record<string, string>;
  /** How one signs in: name and password, or the token alone. */
  signIn: { email?: string; password: string };
  /** An open one nobody has, with how its customer is called in the list. */
  open: (b: Backend) => Promise<{ id: string; name: string }>;
  /** One that is closed. */
  closed: (b: Backend) => Promise<{ id: string; name: string }>;
  /** One that the back end does not let be closed. */
  blocked: (b: Backend) => string;
  /** What it says about that. */
  refusal: string;
  /** A colleague by name. */
  colleague: { name: string; id: string };
  isOpen: (b: Backend, id: string) => Promise<boolean>;
  owner: (b: Backend, id: string) => Promise<string | null>;
  tags: (b: Backend, id: string) => Promise<string[]>;
  /** Texts of the thread, private ones with a mark. */
  said: (b: Backend, id: string) => Promise<{ text: string; isPrivate: boolean }[]>;
  /** What was written when it was closed, wherever it is kept. */
  reason: (b: Backend, id: string) => Promise<string>;
  /** How many are open and not asleep. */
  openCount: (b: Backend) => Promise<number>;
}

const helpdesk: Truth = {
  name: 'django-helpdesk',
  settings: {},
  signIn: { email: 'ana', password: 'bandeja-demo' },
  async open(b) {
    const { results } = await b.get('/api/tickets/?status=1,2&page_size=200');
    const ticket = results.find((one: any) => one.assigned_to === null && one.id !== b.told.data.blocked);
    return { id: String(ticket.id), name: ticket.submitter_email };
  },
  async closed(b) {
    const { results } = await b.get('/api/tickets/?status=4&page_size=200');
    return { id: String(results[0].id), name: results[0].submitter_email };
  },
  blocked: (b) => String(b.told.data.blocked),
  refusal: 'The checklist of this ticket is not done.',
  colleague: { name: 'Beto Lima', id: '2' },
  isOpen: async (b, id) => [1, 2].includes((await b.get(`/api/tickets/${id}/`)).status),
  owner: async (b, id) => (await b.get(`/api/tickets/${id}/`)).assigned_to?.toString() ?? null,
  tags: async (b, id) => ((await b.get(`/api/tickets/${id}/`)).custom_tags ?? '').split(',').filter(Boolean),
  said: async (b, id) => (await b.get(`/api/tickets/${id}/`)).followup_set.map((one: any) => ({ text: one.comment, isPrivate: !one.public })),
  reason: async (b, id) => JSON.stringify(await b.get(`/api/tickets/${id}/`)),
  openCount: async (b) => (await b.get('/api/tickets/?status=1,2&page_size=1')).count,
};

const at = '/support/api/v1';
const escalated: Truth = {
  name: 'escalated-django',
  settings: {},
  signIn: { email: 'ana@agents.test', password: 'bandeja-demo' },
  async open(b) {
    const of = async (status: string) => (await b.get(`${at}/tickets/?status=${status}&unassigned=1&per_page=100`)).data;
    // Those that were closed and opened again have a state of their own.
    const ticket = [...await of('open'), ...await of('reopened')].find((one: any) => one.reference !== b.told.data.blocked);
    return { id: ticket.reference, name: ticket.requester.name };
  },
  async closed(b) {
    const { data } = await b.get(`${at}/tickets/?status=closed&per_page=100`);
    return { id: data[0].reference, name: data[0].requester.name };
  },
  blocked: (b) => b.told.data.blocked,
  refusal: 'This ticket is under a legal hold.',
  colleague: { name: 'Beto Lima', id: '2' },
  isOpen: async (b, id) => !['closed', 'resolved'].includes((await b.get(`${at}/tickets/${id}/`)).data.status),
  owner: async (b, id) => (await b.get(`${at}/tickets/${id}/`)).data.assignee?.id.toString() ?? null,
  tags: async (b, id) => (await b.get(`${at}/tickets/${id}/`)).data.tags.map((tag: any) => tag.name),
  said: async (b, id) => (await b.get(`${at}/tickets/${id}/`)).data.replies.map((one: any) => ({ text: one.body, isPrivate: one.is_internal_note })),
  reason: async (b, id) => JSON.stringify((await b.get(`${at}/tickets/${id}/`)).data.replies),
  openCount: async (b) => {
    const open = ['open', 'in_progress', 'waiting_on_customer', 'waiting_on_agent', 'escalated', 'reopened'];
    const counts = await Promise.all(open.map(async (status) => (await b.get(`${at}/tickets/?status=${status}&per_page=1`)).meta.total));
    return counts.reduce((sum, count) => sum + count, 0);
  },
};

const account = '/api/v1/accounts/1';
const chatwoot: Truth = {
  name: 'chatwoot',
  settings: { account: '1' },
  signIn: { password: 'ana-0123456789abcdef' },
  async open(b) {
    const { data } = await b.get(`${account}/conversations?status=open&assignee_type=unassigned`);
    const one = data.payload.find(({ id }: any) => id !== b.told.data.blocked);
    return { id: String(one.id), name: one.meta.sender.name };
  },
  async closed(b) {
    const { data } = await b.get(`${account}/conversations?status=resolved`);
    return { id: String(data.payload[0].id), name: data.payload[0].meta.sender.name };
  },
  blocked: (b) => String(b.told.data.blocked),
  refusal: 'Additional attributes is invalid',
  colleague: { name: 'Beto Lima', id: '2' },
  isOpen: async (b, id) => (await b.get(`${account}/conversations/${id}`)).status !== 'resolved',
  owner: async (b, id) => (await b.get(`${account}/conversations/${id}`)).meta.assignee?.id.toString() ?? null,
  tags: async (b, id) => (await b.get(`${account}/conversations/${id}`)).labels,
  said: async (b, id) => (await b.get(`${account}/conversations/${id}/messages`)).payload
    .filter((one: any) => one.message_type !== 2).map((one: any) => ({ text: one.content, isPrivate: one.private })),
  reason: async (b, id) => JSON.stringify((await b.get(`${account}/conversations/${id}`)).custom_attributes),
  openCount: async (b) => {
    const count = async (status: string) => (await b.get(`${account}/conversations?status=${status}`)).data.meta.all_count;
    return (await count('open')) + (await count('pending'));
  },
};

export const TRUTHS = { 'django-helpdesk': helpdesk, 'escalated-django': escalated, chatwoot };
