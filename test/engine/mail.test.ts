import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startMailServer } from '../alerts/mailServer.ts';
import { answerOf, connect, startHost, temporaryFolder } from './hostFixture.ts';

const canary = 'canary in the mail: 7391 & more';

/** All that lies in a folder, as text. */
function contentsOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n');
}

test('the mail password goes in and comes out nowhere, not even by a server that repeats it', async () => {
  const server = await startMailServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (auth, _session, callback) =>
      callback(new Error(`535 ${auth.username}, "${auth.password}" is wrong`)),
  });
  const dataDir = join(temporaryFolder(), 'central');
  const host = await startHost(dataDir);
  const client = connect(dataDir);
  const settings = answerOf(
    await client.call('site.init', { request: { role: 'central', name: 'Head office' } }),
  );
  const mail = {
    ...settings.mail,
    host: '127.0.0.1',
    port: server.port,
    security: 'none' as const,
    username: 'branchline',
    sender: 'a@example.com',
    recipients: ['b@example.com'],
  };
  const typed = { mail, password: { do: 'set' as const, value: canary } };
  expect(await client.call('mail.test', { candidate: typed })).toMatchObject({
    ok: false,
    error: { code: 'mail-login-refused', class: 'fix', message: expect.stringContaining('branchline') },
  });
  expect(answerOf(await client.call('mail.hasPassword', {}))).toEqual({ hasPassword: false });

  answerOf(await client.call('settings.save', { settings: { ...settings, mail }, password: { do: 'keep' } }));
  answerOf(await client.call('mail.setPassword', { password: typed.password }));
  expect(answerOf(await client.call('mail.hasPassword', {}))).toEqual({ hasPassword: true });
  expect(await client.call('mail.test', {})).toMatchObject({
    ok: false,
    error: { code: 'mail-login-refused' },
  });
  answerOf(await client.call('alerts.list', { limit: 10 }));
  answerOf(await client.call('state.get', {}));
  await host.close();
  expect(client.messages.join('\n')).not.toContain('7391');
  expect(contentsOf(dataDir)).not.toContain('7391');
  // Neither in the form in which SMTP carries it.
  expect(contentsOf(dataDir) + client.messages.join('\n')).not.toContain(
    Buffer.from(canary).toString('base64').slice(4, 24),
  );
});
