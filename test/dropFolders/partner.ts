import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { FtpServer } from '../servers/ftpServer.ts';
import { account } from '../servers/launchFtpServer.ts';

/** Uploads with curl, as a partner does; makes missing folders. */
export async function curlUpload(
  server: FtpServer,
  path: string,
  content: Buffer,
  ...options: readonly string[]
): Promise<void> {
  const { host, port, username, password } = server;
  const address = `ftp://${host}:${port}/${path.split('/').map(encodeURIComponent).join('/')}`;
  const child = spawn(
    'curl',
    ['-sS', '--ftp-create-dirs', '-T', '-', '-u', `${username}:${password}`, ...options, address],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(content);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`curl ended with ${code}: ${said}`);
}

/** Puts a file into the server's home on the disk, as one finished upload. */
export function putOnDisk(server: FtpServer, path: string, content: string | Buffer): void {
  const target = join(server.homeOnDisk, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
  if (process.getuid?.() !== 0) return;
  for (let at = target; at.length > server.homeOnDisk.length; at = dirname(at))
    chownSync(at, account.uid, account.gid);
}

/** Every file on the server, by path. */
export function filesOn(server: FtpServer): string[] {
  return readdirSync(server.homeOnDisk, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(server.homeOnDisk, path)).isFile())
    .map((path) => relative(server.homeOnDisk, join(server.homeOnDisk, path)))
    .sort();
}
