import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { describeWithServer } from './describeWithServer.ts';
import { startProftpd } from './startProftpd.ts';

const program = `
  import { startProftpd } from ${JSON.stringify(join(import.meta.dirname, 'startProftpd.ts'))};
  const { port, homeOnDisk } = await startProftpd();
  console.log(JSON.stringify({ port, homeOnDisk }));
  setInterval(() => {}, 1000);
`;

/** A session that the server has greeted. */
async function openSession(port: number): Promise<Socket> {
  const session = connect(port, '127.0.0.1');
  session.on('error', () => {});
  await once(session, 'data');
  return session;
}

async function isServed(port: number): Promise<boolean> {
  const trial = connect(port, '127.0.0.1');
  const served = await once(trial, 'connect').then(
    () => true,
    () => false,
  );
  trial.destroy();
  return served;
}

describeWithServer('ProFTPD', 'a server of the tests', () => {
  test('ends with all its sessions when it is stopped', async () => {
    const server = await startProftpd();
    const session = await openSession(server.port);
    const ended = once(session, 'close');
    await server.stop();
    await ended;
    expect(await isServed(server.port)).toBe(false);
    await server.stop();
  });

  test('ends with all its sessions when the test process is killed', async () => {
    const killed = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(killed.stdout, 'data');
    const { port, homeOnDisk }: { port: number; homeOnDisk: string } = JSON.parse(String(line));
    const session = await openSession(port);
    const ended = once(session, 'close');
    killed.kill('SIGKILL');
    await ended;
    for (let attempt = 0; attempt < 100 && (await isServed(port)); attempt += 1) await delay(20);
    expect(await isServed(port)).toBe(false);
    rmSync(dirname(homeOnDisk), { recursive: true, force: true });
  });
});
