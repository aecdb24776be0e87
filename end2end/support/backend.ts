/** Starts a foreign back end with data on a free port, and asks it as the connectors do. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const folder = resolve(import.meta.dirname, '../backends');
const known: Record<string, { run: string[] }> = JSON.parse(readFileSync(join(folder, 'backends.json'), 'utf8'));

/** What a back end tells of itself when it is ready. */
export interface Told {
  name: string; base_url: string; token: string;
  sign_in: { header: { name: string; value: string }; [way: string]: any };
  data: Record<string, any>;
}
export interface Answer { status: number; body: any; headers: Headers }

export class Backend {
  private constructor(private readonly child: ChildProcess, private readonly lines: AsyncIterator<string>, readonly told: Told) {}

  /** Starts it; the first time ever its packages are installed, which takes a minute. */
  static async start(name: string): Promise<Backend> {
    const [program, ...args] = known[name]!.run as [string, ...string[]];
    const command = program === 'python3' ? process.env.BANDEJA_PYTHON ?? program : process.execPath;
    const child = spawn(command, args, { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise<never>((_, fail) => {
      child.once('error', fail);
      child.once('exit', (code) => fail(new Error(`${name} ended with ${code} before it was ready`)));
    });
    const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
    const first = await Promise.race([lines.next(), ended]);
    ended.catch(() => {});
    if (first.done) return ended;
    return new Backend(child, lines, JSON.parse(first.value) as Told);
  }

  /** Ends every session and token. */
  expire(): Promise<void> { return this.command('expire'); }

  /** Lets the same tokens in again. */
  restore(): Promise<void> { return this.command('restore'); }

  /** The customer of that ticket or conversation writes one line. */
  customerWrites(id: number | string, text: string): Promise<void> { return this.command('customer', id, text); }

  private async command(what: string, ...details: unknown[]): Promise<void> {
    this.child.stdin!.write(`${[what, ...details].join(' ')}\n`);
    const { value } = await this.lines.next();
    if (JSON.parse(value as string).done !== what) throw new Error(`${what} was answered by ${value}`);
  }

  /** Ends it by closing its standard input, as the end of the program that started it would. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    const gone = new Promise<number | null>((done) => this.child.once('exit', done));
    this.child.stdin!.end();
    return gone;
  }

  /** Asks with the token of the first agent unless the headers say otherwise; answers whatever comes. */
  async ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> {
    const { name, value } = this.told.sign_in.header;
    const form = body instanceof FormData || body instanceof URLSearchParams;
    const answer = await fetch(this.told.base_url + path, {
      method,
      redirect: 'manual',
      headers: { ...(body === undefined || form ? {} : { 'content-type': 'application/json' }), ...(headers ?? { [name]: value }) },
      body: body === undefined ? undefined : form ? (body as FormData) : JSON.stringify(body),
    });
    const text = await answer.text();
    const json = (answer.headers.get('content-type') ?? '').includes('json');
    return { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : text };
  }

  /** The body of what has to succeed. */
  async get(path: string): Promise<any> {
    return this.well('GET', path);
  }

  async well(method: string, path: string, body?: unknown): Promise<any> {
    const answer = await this.ask(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}
