import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openSecrets } from '../../electron/platform/secrets/openSecrets.ts';

/*
 * Runs inside `dbus-run-session`, with HOME in a temporary folder: starts a real secret service, keeps a secret
 * in it, and prints what came back as one JSON document.
 */

function isServiceUp(): boolean {
  const reply = execFileSync('dbus-send', [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.DBus',
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.NameHasOwner',
    'string:org.freedesktop.secrets',
  ]);
  return reply.toString().includes('boolean true');
}

const daemon = spawn('gnome-keyring-daemon', ['--unlock', '--components=secrets', '--foreground'], {
  stdio: ['pipe', 'ignore', 'inherit'],
});
const dataDir = mkdtempSync(join(tmpdir(), 'branchline-keychain-'));
try {
  daemon.stdin.end('test');
  const deadline = performance.now() + 20_000;
  while (!isServiceUp()) {
    if (performance.now() > deadline) throw new Error('The secret service did not come up.');
    await delay(20);
  }
  const open = () => openSecrets({ dataDir, env: {} });
  const value = 'pä"ss\\ wörd\n日本';
  const before = await open().get('ftp-password');
  await open().set('ftp-password', 'first');
  await open().set('ftp-password', value);
  const kept = await open().get('ftp-password');
  const elsewhere = await openSecrets({ dataDir: join(dataDir, 'other'), env: {} }).get('ftp-password');
  await open().set('ssh-key-passphrase', 'passphrase');
  await open().set('mail-password', 'mail');
  await open().remove('ftp-password');
  await open().remove('ftp-password');
  const others = [await open().get('ssh-key-passphrase'), await open().get('mail-password')];
  const after = await open().get('ftp-password');
  console.log(
    JSON.stringify({ before, kept: kept === value, elsewhere, after, others, where: open().describe() }),
  );
} finally {
  daemon.kill();
  rmSync(dataDir, { recursive: true, force: true });
}
