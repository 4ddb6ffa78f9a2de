import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom } from '../../electron/platform/random.ts';
import { startMailServer } from '../alerts/mailServer.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { OfficeSite, startServer, temporaryFolder } from './officeProcess.ts';
import { type Ran, runFake } from './runFake.ts';

const secret = 'canary: the mail password';

/** A set-up site, and command lines that run in this process against its real engine. */
async function site() {
  const ftpPort = await startServer(temporaryFolder());
  const clock = createFakeClock({ startMs: systemClock.now() });
  const office = new OfficeSite(join(temporaryFolder(), 'central'));
  await office.setUp({ role: 'central', name: 'Head office' }, ftpPort);
  const open = () => openEngine({ dataDir: office.dataDir, clock, random: systemRandom, env: office.env });
  const run = (argv: readonly string[], stdin?: string): Promise<Ran> =>
    runFake(argv, { ...(stdin === undefined ? {} : { stdin }), parts: { openEngine: open } });
  return { run, clock };
}

describe('alerts on the command line', () => {
  test('mail is set up, tried, and its password shown nowhere', async () => {
    const { run } = await site();
    const nothing = await run(['mail', 'test']);
    expect(nothing).toMatchObject({ exitCode: 3 });
    expect(nothing.err).toContain('no mail server');

    const server = await startMailServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (auth, _session, callback) =>
        auth.password === secret ? callback(null, { user: 'ok' }) : callback(new Error('no entry')),
    });
    const set = await run([
      ...['config', 'set', 'mail.host=127.0.0.1', `mail.port=${server.port}`, 'mail.security=none'],
      ...[
        'mail.username=branchline',
        'mail.sender=a@example.com',
        'mail.recipients=b@example.com, c@example.com',
      ],
    ]);
    expect(set).toMatchObject({ exitCode: 0, err: '' });
    expect((await run(['mail', 'test'])).exitCode).toBe(5);

    const typed = await run(['config', 'set', `mail.password=${secret}`]);
    expect(typed.exitCode).toBe(2);
    const kept = await run(['config', 'set', 'mail.password', '--password-stdin'], `${secret}\n`);
    expect(kept).toMatchObject({ exitCode: 0, err: '' });
    const tried = await run(['mail', 'test']);
    expect(tried).toMatchObject({ exitCode: 0 });
    expect(tried.out).toContain('b@example.com, c@example.com');
    expect(server.taken).toMatchObject([
      { subject: 'Branchline test e-mail', to: ['b@example.com', 'c@example.com'] },
    ]);

    const shown = await run(['config', 'show', 'mail']);
    expect(shown.out).toMatch(/mail\.password\s+kept safe/);
    for (const ran of [set, typed, kept, tried, shown]) {
      if (ran !== typed) expect(ran.out + ran.err).not.toContain(secret);
    }
    expect((await run(['config', 'unset', 'mail.password'])).exitCode).toBe(0);
    expect((await run(['config', 'show', 'mail'])).out).toMatch(/mail\.password\s+\(none\)/);
    const wrong = await run(['config', 'set', 'mail.recipients=nobody']);
    expect(wrong).toMatchObject({ exitCode: 2 });
  });

  test('a suspension is exit code 8, stands in status and alerts, and --now does not wait', async () => {
    const { run } = await site();
    await run(['config', 'set', `ftp.port=${await portOfNobody()}`, '--unproven']);
    await run(['config', 'set', 'suspension.failures=2']);
    expect((await run(['transmit'])).exitCode).toBe(4);
    const second = await run(['transmit', '--json']);
    expect(second).toMatchObject({ exitCode: 8 });
    expect(second.json().error).toMatchObject({ code: 'suspended' });
    expect((await run(['transmit'])).exitCode).toBe(8);
    expect((await run(['status'])).out).toContain('suspended after 2 failures in a row');
    const listed = await run(['alerts']);
    expect(listed.out).toMatch(
      /1 alert, of which 1 stands[\s\S]*STANDS\s+FTP Suspension Alert\s+not e-mailed/,
    );

    // With --now a connection is made, and its failure is counted.
    expect((await run(['transmit', '--now'])).exitCode).toBe(8);
    expect((await run(['status'])).out).toContain('suspended after 3 failures in a row');
    expect((await run(['alerts', 'send'])).out).toContain('No e-mail waits.');
  });

  test('FTP that is switched off is exit code 3, and said in status', async () => {
    const { run } = await site();
    await run(['config', 'set', 'ftp.enabled=false']);
    expect(await run(['transmit'])).toMatchObject({ exitCode: 3 });
    expect((await run(['status'])).out).toContain('FTP is switched off');
    await run(['config', 'set', 'ftp.enabled=true']);
    expect(await run(['transmit'])).toMatchObject({ exitCode: 0 });
  });

  test('a refused log-in is tried once by scheduled commands, and by a person', async () => {
    const { run } = await site();
    await run(['config', 'set', 'ftp.password', '--password-stdin', '--unproven'], 'wrong\n');
    const ends: unknown[] = [];
    for (const more of [['--unattended'], ['--unattended'], []])
      ends.push((await run(['transmit', '--json', ...more])).json().error?.code);
    expect(ends).toEqual(['login-refused', 'login-held', 'login-refused']);
  });
});

/** A port where nothing listens any more. */
async function portOfNobody(): Promise<number> {
  const server = await startMailServer();
  await server.stop();
  return server.port;
}
