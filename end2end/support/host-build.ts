/** Installs the packed elements into a sample host and builds it with its own tools, unless that was done already. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const sources = join(root, 'end2end/hosts');
const target = join(root, 'target/hosts');

export type HostName = 'plain' | 'react' | 'vue';

/** The package as `cargo xtask package` makes it. */
export function packed(): string {
  const named = process.env.BANDEJA_PACKAGE;
  if (named) return named;
  const folder = join(root, 'target/npm');
  const found = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.tgz')).sort().at(-1) : undefined;
  if (!found) throw new Error('the package is not made yet: cargo xtask package');
  return join(folder, found);
}

/** Builds a host; gives the folder that its back end serves. */
export function built(name: HostName): string {
  const [from, to] = [join(sources, name), join(target, name)];
  const stamp = join(target, `${name}.stamp`);
  const wanted = fingerprint(from);
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    mkdirSync(to, { recursive: true });
    cpSync(from, to, { recursive: true });
    npm(to, 'ci', '--no-audit', '--no-fund');
    npm(to, 'install', '--no-save', '--no-package-lock', '--no-audit', '--no-fund', packed());
    npm(to, 'run', 'build');
    writeFileSync(stamp, wanted);
  }
  return name === 'plain' ? to : join(to, 'dist');
}

function npm(folder: string, ...args: string[]): void {
  try {
    execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`npm ${args.join(' ')} in ${folder} failed:\n${stdout}\n${stderr}`);
  }
}

/** Changes with the package and with every file of the host. */
function fingerprint(folder: string): string {
  const hash = createHash('sha256').update(readFileSync(packed()));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    hash.update(path).update(readFileSync(path));
  }
  return hash.digest('hex');
}
