import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { LogOnPrompt } from '../../shared/contract/accessCalls.ts';
import type { FtpConfiguration } from '../../shared/settings.ts';
import { describeWithServer } from '../servers/describeWithServer.ts';
import { type Sshd, type SshdOptions, startSshd } from '../servers/startSshd.ts';
import { central, openSite, store, withServer } from './officeSites.ts';

async function start(options: SshdOptions = {}): Promise<Sshd> {
  const server = await startSshd(options);
  onTestFinished(() => server.stop());
  return server;
}

/** A site whose server is the test's; its host key is trusted unless told otherwise. */
async function siteAt(
  server: Sshd,
  { who = central, trusted = true, ftp = {} as Partial<FtpConfiguration> } = {},
) {
  const site = await openSite(who);
  const { username, password, identities } = server;
  for (const { addedMs: _, ...identity } of trusted ? identities : [])
    await site.engine.ask('trust.add', identity);
  const settings = site.engine.settings();
  if (settings === undefined) throw new Error('no settings');
  const wanted = withServer(settings, server.port, { protocol: 'sftp', username, ...ftp });
  await site.engine.saveSettings(wanted, { unproven: true });
  if (ftp.logonType !== 'interactive') await site.engine.setPassword(password, { unproven: true });
  return site;
}

describeWithServer('OpenSSH', 'an office that exchanges packets by SFTP', () => {
  test('a file of a store reaches the central site, and its receipt the store', async () => {
    const server = await start();
    const office = await siteAt(server);
    expect((await office.engine.transmit({ mode: 'full' })).outcome).toBe('done');
    const shop = await siteAt(server, { who: store });
    const outgoing = join(shop.dataDir, 'outgoing/daily-close');
    mkdirSync(outgoing, { recursive: true });
    writeFileSync(join(outgoing, 'sales.csv'), 'day;sum\n1;2\n');
    for (const { engine } of [shop, office, shop]) {
      const result = await engine.transmit({ mode: 'full' });
      expect([result.outcome, result.error]).toEqual(['done', undefined]);
    }
    const arrived = readFileSync(join(office.dataDir, 'incoming/daily-close/0012/sales.csv'), 'utf8');
    expect(arrived).toBe('day;sum\n1;2\n');
    expect((await shop.engine.status()).queue).toMatchObject({ queued: 0, published: 0 });
  });

  test('a host key that nobody trusted ends the run, unattended or not', async () => {
    const server = await start();
    const { engine } = await siteAt(server, { trusted: false });
    for (const attended of [true, false]) {
      const { error } = await engine.transmit({ mode: 'full', attended });
      expect(error).toMatchObject({ code: 'untrusted', class: 'trust' });
      expect(error?.untrusted?.fingerprint).toBe(server.identities[0]?.fingerprint);
    }
  });

  test('an attended run asks each question once, whatever number of connections is allowed', async () => {
    const server = await start({ logOn: 'two-questions' });
    const { engine } = await siteAt(server, { ftp: { logonType: 'interactive', connections: 4 } });
    const asked: LogOnPrompt[] = [];
    engine.on('access.prompt', (prompt) => {
      asked.push(prompt);
      const answer = asked.length === 1 ? server.password : server.nextCode();
      void engine.ask('access.answer', { promptId: prompt.promptId, answers: [answer] });
    });
    const result = await engine.transmit({ mode: 'full', attended: true });
    expect([result.outcome, result.error]).toEqual(['done', undefined]);
    expect(asked.map(({ prompts }) => prompts)).toEqual([
      [{ text: 'Password:', echo: false }],
      [{ text: expect.stringMatching(/one-time/i), echo: expect.any(Boolean) }],
    ]);
    expect(await engine.ask('access.prompts', {})).toEqual([]);
  });

  test('an unattended run does not ask, and says that it needs a person', async () => {
    const server = await start({ logOn: 'two-questions' });
    const { engine } = await siteAt(server, { ftp: { logonType: 'interactive' } });
    engine.on('access.prompt', () => expect.unreachable('nobody is asked'));
    const { error } = await engine.transmit({ mode: 'full' });
    expect(error).toMatchObject({ code: 'needs-person', class: 'fix' });
  });

  test('a question that is given up ends the run as cancelled; a cancelled run takes its question away', async () => {
    const server = await start({ logOn: 'two-questions' });
    const { engine } = await siteAt(server, { ftp: { logonType: 'interactive' } });
    const cancel = new AbortController();
    const reactions = [
      (promptId: string) => void engine.ask('access.answer', { promptId }),
      () => cancel.abort(),
    ];
    engine.on('access.prompt', ({ promptId }) => reactions.shift()?.(promptId));
    const ended: string[] = [];
    engine.on('access.promptEnded', ({ promptId }) => ended.push(promptId));
    for (let run = 1; run <= 2; run += 1) {
      const result = await engine.transmit({ mode: 'full', attended: true, signal: cancel.signal });
      expect(result.outcome).toBe('cancelled');
      expect(ended).toHaveLength(run);
    }
  });
});
