// The elements as TypeScript sees them. What each of it means stands in docs/embed.md of the project; texts that come
// from customers are to be shown as text.

/** The version of the package. */
export declare const VERSION: string;

export type Theme = "light" | "dark" | "auto";
export type Density = "comfortable" | "compact";
export type Layout = "full" | "list" | "thread";
export type View = "mine" | "unassigned" | "my_teams" | "all" | "mentions" | "snoozed" | "closed" | "archived";
export type Feature =
  | "reply" | "note" | "close" | "cancel" | "reopen" | "archive" | "assign" | "tag" | "snooze" | "unread" | "bot" | "bulk";

/** A moment in UTC, as in `2026-01-02T03:04:05.678Z`. */
export type Moment = string;
export type Channel = "whatsapp" | "messenger" | "instagram" | "email" | "webchat" | "sms" | "telegram";
export type Status =
  | "new" | "bot" | "assigned" | "in_progress" | "out_of_hours" | "agents_offline" | "closed" | "cancelled";

export interface Contact {
  id: string;
  /** As the contact or an agent wrote it; may be empty. */
  name: string;
  /** Phone number, handle or mail address on the conversation's line. */
  address: string;
  phone?: string | null;
  email?: string | null;
  company?: string | null;
  city?: string | null;
  language?: string | null;
}

/** The newest message or note, cut to what a row shows. */
export interface LastMessage {
  text: string;
  at: Moment;
  direction: "in" | "out" | "note";
}

export interface Conversation {
  id: string;
  version: number;
  status: Status;
  /** What a foreign system calls its state, where that says more. */
  label?: string | null;
  channel: Channel;
  line: string;
  campaign: string;
  contact: Contact;
  created_at: Moment;
  last_activity_at: Moment;
  last_message?: LastMessage | null;
  owner?: string | null;
  team?: string | null;
  tags?: string[];
  priority?: "none" | "low" | "high" | "urgent";
  /** Messages of the contact that nobody has opened yet. */
  unread?: number;
  mentioned?: boolean;
  archived?: boolean;
  bot_paused?: boolean;
  snoozed_until?: Moment | null;
  waiting_since?: Moment | null;
  window_ends_at?: Moment | null;
  /** How the last episode ended. */
  closing?: Readonly<Record<string, unknown>> | null;
}

/** What is written down with a closing. */
export interface Close {
  description?: string;
  summary?: string;
  category_id?: string | null;
  subcategory_id?: string | null;
  /** Who attends if the contact writes again. */
  transfer_to?: string | null;
  archive?: boolean;
}

export type BulkAction =
  | "close" | "cancel" | "reopen" | "archive" | "assign" | "unassign" | "read" | "unread" | "add_tags" | "remove_tags"
  | "undo";

/** A job over many conversations. */
export interface BulkJob {
  id: string;
  action: BulkAction;
  by: string;
  state: "queued" | "running" | "stopping" | "stopped" | "finished";
  /** Conversations in it; `done + skipped + failed` in the end. */
  matched: number;
  done: number;
  skipped: number;
  failed: number;
  reasons?: { reason: string; count: number }[];
  eta_s?: number | null;
  started_at: Moment;
  finished_at?: Moment | null;
  undo_until?: Moment | null;
  undoes?: BulkAction | null;
  undone_by?: string | null;
}

export interface SessionUser {
  id: string;
  name: string;
  email: string;
  role: "agent" | "admin" | "super_admin";
  campaigns: string[];
  teams: string[];
  availability: "online" | "away" | "offline";
}

export interface ErrorDetail {
  /** What programs compare; the list stands in docs/embed.md. */
  code: string;
  message: string;
}

export interface OpenedDetail {
  conversation: Conversation;
  contact: Contact;
}

export interface ClosedDetail extends OpenedDetail {
  how: "close" | "cancel";
  closing: Close;
  /** What stands in the fields that the page asked for. */
  values: Record<string, string>;
}

/** Many at once: how many would be ended, and which: named ones, or all that match a filter but some. */
export interface Many {
  count: number;
  ids?: string[];
  /** As the attribute `filter` takes it. */
  filter?: string;
  except?: string[];
}

/** A field of the closing form, or one of the page's own. */
export type RequiredField = "description" | "category" | "subcategory" | "summary" | { name: string; label?: string };

/** What a page can say to it. */
interface Say {
  /** Refuses; the reason is shown in the dialog. */
  veto(reason?: string): void;
  /** Asks for something first. */
  require(field: RequiredField): void;
  /** Takes time, at most 15 s; a promise that fails refuses. */
  wait(promise: PromiseLike<unknown>): void;
}

/** One conversation is about to be ended. */
export interface BeforeCloseOne extends ClosedDetail, Say {
  many?: undefined;
}

/** Many are, by one job. */
export interface BeforeCloseMany extends Omit<ClosedDetail, keyof OpenedDetail>, Say {
  many: Many;
  conversation?: undefined;
  contact?: undefined;
}

export type BeforeCloseDetail = BeforeCloseOne | BeforeCloseMany;

export interface NavigateDetail {
  view: View;
  /** As the attribute `filter` takes it. */
  filter: string;
  sort: string;
  conversation_id: string | null;
}

/** Every event of `<bandeja-inbox>` and `<bandeja-frame>`. All bubble and cross shadow roots. */
export interface BandejaEventMap {
  "bandeja:ready": CustomEvent<{ user: SessionUser; version: string }>;
  "bandeja:error": CustomEvent<ErrorDetail>;
  "bandeja:auth-required": CustomEvent<{ reason: "never" | "expired" | "logout" }>;
  "bandeja:conversation-opened": CustomEvent<OpenedDetail>;
  /** Can be cancelled: then nothing is closed. */
  "bandeja:before-close": CustomEvent<BeforeCloseDetail>;
  "bandeja:conversation-closed": CustomEvent<ClosedDetail>;
  "bandeja:bulk-progress": CustomEvent<{ job: BulkJob }>;
  "bandeja:bulk-finished": CustomEvent<{ job: BulkJob }>;
  "bandeja:unread-changed": CustomEvent<{ unread: number }>;
  "bandeja:navigate": CustomEvent<NavigateDetail>;
}

/** Gives a token for the present user of the page; with a connector, the secret of that name. */
export type GetToken = (secret?: string) => string | Promise<string>;

/** What stands in a connector file; docs/connect.md of the project says what it may hold. */
export interface ConnectorFile {
  connector: 1;
  name: string;
  readonly [part: string]: unknown;
}

/** The style properties `--bandeja-*` from a script; each a CSS value. */
export interface Appearance {
  accent?: string;
  onAccent?: string;
  accentText?: string;
  canvas?: string;
  surface?: string;
  line?: string;
  text?: string;
  focus?: string;
  radius?: string;
  font?: string;
}

/** What the page is about: only this contact's conversations are shown. */
export interface Context {
  contact?: { id: string } | { address: string } | { phone: string } | { email: string };
}

/** A filter as a text or as names with values. */
export type Filter = string | Readonly<Record<string, string | number | readonly (string | number)[]>> | null;

/** The attributes of `<bandeja-inbox>` and `<bandeja-frame>`, as templates write them. */
export interface BandejaInboxAttributes {
  "api-base"?: string;
  locale?: string;
  theme?: Theme;
  density?: Density;
  view?: View;
  filter?: string;
  "conversation-id"?: string;
  layout?: Layout;
  readonly?: boolean;
  /** Names of `Feature` with spaces or commas between them. */
  features?: string;
}

/** The properties of `<bandeja-inbox>` that a page sets. */
export interface BandejaInboxProperties {
  getToken?: GetToken | undefined;
  appearance?: Appearance | undefined;
  context?: Context | undefined;
  /** A connector file by its address or as it is; it goes before the attribute. */
  connector?: string | ConnectorFile | null | undefined;
  /** Settings that the file asks for. */
  connectorSettings?: Readonly<Record<string, string>> | undefined;
}

/** What both elements have besides. */
interface Inbox {
  /** How many of the user's own conversations have something unread. */
  readonly unread: number;
  open(id: string | number): Promise<void>;
  /** Rejected with a `TypeError` that names the parts that cannot be read. */
  setFilter(filter: Filter): Promise<void>;
  refresh(): Promise<void>;
  /** Ends the session; drafts and unsent messages of the user are removed from the browser. */
  logout(): Promise<void>;
}

/** `<bandeja-inbox>` */
export interface BandejaInboxElement extends HTMLElement, BandejaInboxProperties, Inbox {}

/** The properties of `<bandeja-frame>` that a page sets: a page of the server's asks no other API. */
export type BandejaFrameProperties = Omit<BandejaInboxProperties, "connector" | "connectorSettings">;

/** `<bandeja-frame>`, of `@bandeja/inbox/frame` */
export interface BandejaFrameElement extends HTMLElement, BandejaFrameProperties, Inbox {}

/** The attributes of `<bandeja-unread>`. */
export interface BandejaUnreadAttributes {
  /** The id of the inbox to follow; the first on the page without it. */
  for?: string;
  locale?: string;
}

/** `<bandeja-unread>` */
export interface BandejaUnreadElement extends HTMLElement {
  /** The number that is shown. */
  readonly count: number;
}

declare global {
  interface HTMLElementTagNameMap {
    "bandeja-inbox": BandejaInboxElement;
    "bandeja-frame": BandejaFrameElement;
    "bandeja-unread": BandejaUnreadElement;
  }
  // They bubble, so that any node may listen to them.
  interface GlobalEventHandlersEventMap extends BandejaEventMap {}
}
