/** How things look in the product's JSON: three envelopes, seconds, 0 for never. Knows nothing of who asks. */
import { type Agent, type Contact, type Conversation, type Inbox, type Message, State } from './state';

export const ACCOUNT = 1;

export const agent = ({ id, name, email, role }: Agent) => ({
  id, account_id: ACCOUNT, availability_status: 'online', auto_offline: true, confirmed: true, email,
  available_name: name, name, role, thumbnail: '', custom_role_id: null,
});

export const contact = ({ id, name, email, phone }: Contact) => ({
  additional_attributes: {}, availability_status: 'offline', email, id, name, phone_number: phone, blocked: false,
  identifier: null, thumbnail: '', custom_attributes: {}, last_activity_at: 0, created_at: 0,
});

export const inbox = ({ id, name, channel }: Inbox) => ({ id, name, channel_id: id, channel_type: channel, avatar_url: '' });

export const profile = (me: Agent) => ({
  id: me.id, access_token: me.token, account_id: ACCOUNT, available_name: me.name, confirmed: true, display_name: null,
  message_signature: null, email: me.email, inviter_id: null, name: me.name, provider: 'email', pubsub_token: '',
  role: me.role, ui_settings: {}, uid: me.email, type: null, custom_attributes: {},
  accounts: [{ id: ACCOUNT, name: 'Bandeja', status: 'active', active_at: null, role: me.role, permissions: [me.role],
    availability: 'online', availability_status: 'online', auto_offline: true, custom_role_id: null, custom_role: null }],
});

const isAgent = (who: Agent | Contact): who is Agent => 'token' in who;

function sender(who: Agent | Contact) {
  return isAgent(who)
    ? { id: who.id, name: who.name, available_name: who.name, avatar_url: '', type: 'user', availability_status: 'online', thumbnail: '' }
    : { ...contact(who), type: 'contact' };
}

export function message(of: Conversation, said: Message, base: string) {
  return {
    id: said.id, content: said.content, account_id: ACCOUNT, inbox_id: of.inbox.id, conversation_id: of.id,
    ...(said.echoId === undefined ? {} : { echo_id: said.echoId }),
    message_type: said.type, content_type: 'text', status: 'sent', content_attributes: {}, created_at: said.at,
    updated_at: said.at, private: said.private, source_id: null,
    sender_type: said.sender ? (isAgent(said.sender) ? 'User' : 'Contact') : null, sender_id: said.sender?.id ?? null,
    ...(said.sender ? { sender: sender(said.sender) } : {}),
    ...(said.files.length ? { attachments: said.files.map((file) => ({
      id: file.id, message_id: said.id, file_type: file.type.startsWith('image/') ? 'image' : 'file', account_id: ACCOUNT,
      extension: null, data_url: `${base}/rails/active_storage/blobs/${file.id}/${encodeURIComponent(file.name)}`,
      thumb_url: '', file_size: file.size })) } : {}),
  };
}

export function conversation(state: State, of: Conversation, base: string) {
  const last = of.messages.at(-1);
  const said = of.messages.filter((each) => each.type !== 2).at(-1);
  return {
    meta: {
      sender: contact(of.contact), channel: of.inbox.channel,
      ...(of.assignee ? { assignee: agent(of.assignee) } : {}),
      ...(of.team ? { team: team(of.team) } : {}),
      hmac_verified: false,
    },
    id: of.id, messages: last ? [message(of, last, base)] : [], account_id: ACCOUNT, uuid: of.uuid,
    additional_attributes: {}, agent_last_seen_at: of.seenAt, assignee_last_seen_at: of.assignee ? of.seenAt : 0,
    can_reply: true, contact_last_seen_at: 0, custom_attributes: of.custom, inbox_id: of.inbox.id, labels: of.labels,
    muted: false, snoozed_until: of.snoozedUntil, status: of.status, created_at: of.createdAt, updated_at: of.updatedAt,
    timestamp: of.lastActivityAt, first_reply_created_at: of.messages.find((each) => each.type === 1)?.at ?? 0,
    unread_count: state.unread(of), last_non_activity_message: said ? message(of, said, base) : null,
    last_activity_at: of.lastActivityAt, priority: of.priority, waiting_since: 0, sla_policy_id: null,
  };
}

export const team = ({ id, name }: { id: number; name: string }) =>
  ({ id, name, description: '', allow_auto_assign: true, account_id: ACCOUNT, is_member: true });

/** The counts that stand above every list, of everything that matches but for whose it is. */
export function counts(found: Conversation[], me: Agent) {
  const mine = found.filter((each) => each.assignee === me).length;
  const unassigned = found.filter((each) => !each.assignee).length;
  return { mine_count: mine, assigned_count: found.length - unassigned, unassigned_count: unassigned, all_count: found.length };
}
