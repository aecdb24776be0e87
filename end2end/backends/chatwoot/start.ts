/** Starts the stand-in for Chatwoot with data, held to Chatwoot's OpenAPI document by Prism where that is present.
 *
 * One line of JSON on standard output says where it is. Commands on standard input, one a line: `expire` makes every
 * token bad, `restore` good again, `customer ID TEXT` is the contact of that conversation writing; each is answered by
 * one line. The end of standard input, or SIGTERM, ends it. */
import { type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { answer } from './answers';
import { DOCUMENT, start as startPrism } from './prism';
import { type Ways, router } from './router';
import { seeded, told, tokens } from './seed';
import { INCOMING } from './state';

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
const scratch = mkdtempSync(join(tmpdir(), 'bandeja-backend-'));
const state = seeded();
const ways: Ways = { standIn: '', prism: undefined };
let prism: ChildProcess | undefined;

process.once('exit', () => {
  prism?.kill();
  rmSync(scratch, { recursive: true, force: true });
});
process.once('SIGTERM', () => process.exit(0));
process.once('SIGINT', () => process.exit(0));

const tell = (what: object): void => { process.stdout.write(`${JSON.stringify(what)}\n`); };

function customerWrites(id: number, content: string): void {
  const to = state.conversation(id);
  if (to) state.say(to, { content, type: INCOMING, sender: to.contact });
}

async function listening(server: Server, port: number): Promise<string> {
  await new Promise<void>((done, fail) => server.once('error', fail).listen(port, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const front = router(ways);
const base_url = await listening(front, Number(values.port));
ways.standIn = await listening(createServer((request, response) => {
  answer(state, request, response, base_url).catch((error) => {
    console.error(error);
    if (!response.headersSent) response.writeHead(500).end();
  });
}), 0);
if (existsSync(DOCUMENT)) {
  ({ url: ways.prism, child: prism } = await startPrism(ways.standIn, scratch));
  prism.once('exit', (code) => { console.error(`Prism ended (${code})`); process.exit(1); });
} else {
  console.error("Chatwoot's OpenAPI document is not here: the stand-in runs without Prism, and nothing is held to it. " +
    'BANDEJA_CHATWOOT_OPENAPI can name it.');
}

const token = state.agents[0]!.token;
tell({
  name: 'chatwoot', base_url, token, checked: ways.prism !== undefined,
  sign_in: { header: { name: 'api_access_token', value: token }, people: tokens(state.agents) },
  data: told(state),
});

for await (const line of createInterface({ input: process.stdin })) {
  const [command = '', id, ...words] = line.trim().split(' ');
  const commands: Record<string, () => void> = {
    expire: () => { state.expired = true; },
    restore: () => { state.expired = false; },
    customer: () => customerWrites(Number(id), words.join(' ')),
  };
  commands[command]?.();
  if (command) tell(command in commands ? { done: command } : { unknown: command, known: Object.keys(commands) });
}
process.exit(0);
