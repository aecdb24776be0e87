/** Stoplight Prism between whoever asks and the stand-in: it refuses what Chatwoot's own OpenAPI document does not
 * allow, in what is asked and in what is answered. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { corrected } from './corrections';

const ROOT = resolve(import.meta.dirname, '../../..');
/** The document stands beside the project where there is one; it is Chatwoot's and no part of this project. */
export const DOCUMENT = process.env.BANDEJA_CHATWOOT_OPENAPI ?? resolve(ROOT, '../shared/data/chatwoot-openapi.json');
const PINNED = join(import.meta.dirname, 'prism');
const PINS = ['package.json', 'package-lock.json'];

/** The folder with exactly the pinned Prism, installed unless it was. */
function installed(): string {
  const wanted = JSON.parse(readFileSync(join(PINNED, 'package.json'), 'utf8'));
  const version: string = wanted.dependencies['@stoplight/prism-cli'];
  const folder = join(ROOT, 'target/backends', `prism-${version}`);
  if (existsSync(folder)) return folder;
  console.error(`==> Install Prism ${version} (about 1 min the first time)`);
  mkdirSync(join(ROOT, 'target/backends'), { recursive: true });
  // Made aside and put in its place when whole: nobody finds half of it, and two at a time do not disturb each other.
  const made = mkdtempSync(`${folder}.`);
  try {
    for (const pin of PINS) copyFileSync(join(PINNED, pin), join(made, pin));
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const { status } = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: made, stdio: ['ignore', 2, 2] });
    if (status !== 0) throw new Error(`Prism could not be installed: \`npm ci\` failed in a copy of ${PINNED}`);
    renameSync(made, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  return folder;
}

/** Starts Prism in front of `upstream` on a free port; answers its address. `scratch` is a folder to throw away. */
export async function start(upstream: string, scratch: string): Promise<{ url: string; child: ChildProcess }> {
  const program = join(installed(), 'node_modules/@stoplight/prism-cli/dist/index.js');
  const document = join(scratch, 'openapi.json');
  writeFileSync(document, JSON.stringify(corrected(JSON.parse(readFileSync(DOCUMENT, 'utf8')))));
  const args = [program, 'proxy', document, upstream, '--errors', '--host', '127.0.0.1', '--port', '0'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const url = await new Promise<string>((done, fail) => {
    let log = '';
    const read = (chunk: Buffer) => {
      log += chunk.toString();
      const found = /listening on (http:\/\/[\d.:]+)/.exec(log);
      if (found) done(found[1]!);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => fail(new Error(`Prism ended with ${code}:\n${log}`)));
    child.once('error', fail);
  });
  return { url, child };
}
