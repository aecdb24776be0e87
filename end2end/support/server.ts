/** Starts a real server on a free port with a database of its own, and stops it again. */
import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const binary = process.env.BANDEJA_SERVER_BIN ?? join(root, 'target/release/bandeja-server');
const dist = process.env.BANDEJA_DIST ?? join(root, 'dist');

export interface Line { id: string; channel: string; name: string; secret: string }
export interface Arrived { conversation_id: string; message_id: string }

export class Server {
  readonly folder = mkdtempSync(join(tmpdir(), 'bandeja-e2e-'));
  readonly database = `sqlite:${join(this.folder, 'bandeja.db')}`;
  private process?: ChildProcess;
  private log = '';
  private known?: Line[];
  url = '';

  /** Starts it, seeded with `conversations` demo conversations if the database is new. */
  async start(conversations: number, port = 0): Promise<this> {
    const args = ['serve', '--demo', '--listen', `127.0.0.1:${port}`, '--database', this.database, '--dist', dist,
      '--conversations', String(conversations), '--seed', '7'];
    const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.process = child;
    this.url = await new Promise<string>((done, fail) => {
      const read = (chunk: Buffer) => {
        this.log += chunk.toString();
        const found = /listening on (http:\/\/\S+)/.exec(this.log);
        if (found) done(found[1]!);
      };
      child.stdout!.on('data', read);
      child.stderr!.on('data', read);
      child.once('exit', (code) => fail(new Error(`the server ended with ${code}:\n${this.log}`)));
      child.once('error', fail);
    });
    return this;
  }

  /** Ends it; `kill` is what a power cut would do. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill(signal);
    await gone;
  }

  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private cli(...args: string[]): string {
    return execFileSync(binary, [...args, '--database', this.database], { encoding: 'utf8', stdio: 'pipe' });
  }

  /** The server's interface in the hands of one user. */
  as(email: string): Api {
    return new Api(this.url, this.token(email));
  }

  /** A token of one user. */
  token(email: string): string {
    return this.cli('token', '--user', email, '--ttl', '1h').trim();
  }

  /** A key with which the back end of a page asks for tokens; they are good on that origin. */
  apiKey(name: string, origin: string): string {
    return this.cli('api-key', 'create', '--name', name, '--origins', origin).trim();
  }

  /** Lets a user in, or out. */
  user(email: string, what: 'activate' | 'deactivate'): void {
    this.cli('user', '--email', email, `--${what}`);
  }

  lines(): Line[] {
    this.known ??= JSON.parse(this.cli('lines', '--json')) as Line[];
    return this.known;
  }

  line(channel: string): Line {
    const line = this.lines().find((each) => each.channel === channel);
    if (!line) throw new Error(`no line of channel ${channel}`);
    return line;
  }

  /** A contact writes, by way of the provider's gateway. */
  async contactWrites(line: Line, contact: { name: string; address: string }, text: string): Promise<Arrived> {
    const { name, address } = contact;
    const sent_at = new Date().toISOString();
    const body = JSON.stringify({ provider_message_id: randomUUID(), contact: { name, address }, text, sent_at });
    const signature = createHmac('sha256', line.secret).update(body).digest('hex');
    const answer = await fetch(`${this.url}/api/v1/lines/${line.id}/inbound`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-bandeja-signature': `sha256=${signature}` },
      body,
    });
    if (!answer.ok) throw new Error(`the ingress answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Arrived;
  }
}

export class Api {
  constructor(private readonly url: string, private readonly token: string) {}

  async call<T = any>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  get<T = any>(path: string): Promise<T> {
    return this.call<T>('GET', path);
  }

  /** An action on a conversation as it stands now. */
  async act(id: string, action: string, body: unknown = {}, method = 'POST'): Promise<any> {
    const { version } = await this.get(`/conversations/${id}`);
    return this.call(method, `/conversations/${id}/${action}`, body, { 'if-match': `"${version}"` });
  }

  async userId(name: string): Promise<string> {
    const { items } = await this.get('/users');
    const user = items.find((each: any) => each.name.startsWith(name));
    if (!user) throw new Error(`no user called ${name}`);
    return user.id;
  }

  async me(): Promise<any> {
    return (await this.get('/session')).user;
  }
}
