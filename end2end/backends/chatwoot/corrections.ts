/** Where Chatwoot's document and Chatwoot itself differ, one by one with the reason. What the document says wrongly of
 * an answer is corrected before Prism reads it; what it lacks or refuses wrongly in a request goes past Prism. */

/** A request as far as it decides its way. */
export interface Asked { method: string; path: string; type: string; token: string | undefined; body: Buffer }

/** The document with its mistakes about answers put right. */
export function corrected(document: any): any {
  // It lets a conversation be snoozed (`toggle_status`), and then forbids that one be told of.
  document.components.schemas.conversation.properties.status.enum.push('snoozed');
  return document;
}

/** Why this request cannot go through Prism, if it cannot. */
export function pastPrism(asked: Asked): string | undefined {
  if (LACKING.some((pattern) => pattern.test(`${asked.method} ${asked.path}`))) return 'the document lacks the call';
  if (!asked.token) return 'Prism would answer strangers itself, in words of its own';
  return refusedWrongly(asked);
}

const LACKING = [
  /^POST .*\/conversations\/\d+\/(unread|update_last_seen)$/,
  /^POST .*\/bulk_actions$/,
  /^GET .*\/macros$/,
];
/** What the document has among the operators of a filter; the product has more. */
const OPERATORS = ['equal_to', 'not_equal_to', 'contains', 'does_not_contain'];

function refusedWrongly({ method, path, type, body }: Asked): string | undefined {
  if (type.startsWith('multipart/')) return 'Prism does not read `attachments[]` as the document has it';
  if (method !== 'POST' || !type.includes('json')) return undefined;
  const said = parsed(body);
  if (path.endsWith('/assignments') && !(said?.assignee_id || said?.team_id)) {
    return 'the document has no way to unassign, which is asked by null or 0 and answered by null';
  }
  if (path.endsWith('/filter') && said?.payload?.some?.((clause: any) => !OPERATORS.includes(clause?.filter_operator))) {
    return 'the document lacks operators that the product has';
  }
  return undefined;
}

function parsed(body: Buffer): any {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
