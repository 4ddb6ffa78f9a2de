import { describe, expect, test } from 'vitest';
import type { ConnectStep } from '../../../electron/transport/transport.ts';
import { expectRefusal } from '../contract/expectRefusal.ts';
import { sftpFactory } from '../contract/sftpWorld.ts';
import { atHome, identityOf, newHostKey, startFakeSshServer } from './fakeSshServer.ts';

describe('host keys', () => {
  test('an unknown key stops the opening with all that a person needs, and nothing of the account is sent', async () => {
    const server = await startFakeSshServer();
    const steps: ConnectStep[] = [];
    const opening = sftpFactory(server, { trusted: [] }).open({ onStep: (step) => steps.push(step) });
    const error = await expectRefusal(opening, 'untrusted', 'trust');
    const [identity] = server.identities;
    expect(error.untrusted).toEqual({
      kind: 'host-key',
      host: '127.0.0.1',
      port: server.port,
      fingerprint: identity?.fingerprint,
      subject: 'ssh-ed25519',
      problem: expect.stringContaining('Nobody here has trusted'),
    });
    expect(steps.at(-1)).toMatchObject({ name: 'host-key', ok: false });
    expect(server.attempts).toEqual([]);
  });

  test('a key that changed between two connections stops the second one, and says what changed', async () => {
    const before = await startFakeSshServer({ serve: atHome });
    await (await sftpFactory(before).open()).close();
    expect(before.attempts).toEqual(['none branch']);
    await before.stop();

    const after = await startFakeSshServer({ port: before.port });
    const opening = sftpFactory(after, { trusted: before.identities }).open();
    const error = await expectRefusal(opening, 'untrusted', 'trust');
    expect(error.message).toContain('has changed');
    expect(error.untrusted).toMatchObject({
      fingerprint: after.identities[0]?.fingerprint,
      trustedFingerprint: before.identities[0]?.fingerprint,
    });
    expect(after.attempts).toEqual([]);
  });

  test('a key counts for its host and port only, and a certificate is no key', async () => {
    const server = await startFakeSshServer();
    const [identity] = server.identities;
    if (identity === undefined) throw new Error('no identity');
    for (const other of [
      { ...identity, port: identity.port + 1 },
      { ...identity, host: 'localhost' },
      { ...identity, kind: 'certificate' as const },
    ]) {
      await expectRefusal(sftpFactory(server, { trusted: [other] }).open(), 'untrusted', 'trust');
    }
    expect(server.attempts).toEqual([]);
  });

  test('one of several trusted keys is enough', async () => {
    const server = await startFakeSshServer({ serve: atHome });
    const trusted = [identityOf(newHostKey(), server.port), ...server.identities];
    await (await sftpFactory(server, { trusted }).open()).close();
    expect(server.attempts).toEqual(['none branch']);
  });

  test('a server that has got a newer kind of key besides is still known by the trusted one', async () => {
    const server = await startFakeSshServer({
      hostKeys: [newHostKey(), newHostKey('rsa')],
      serve: atHome,
    });
    const trusted = server.identities.filter(({ description }) => description === 'ssh-rsa');
    const steps: ConnectStep[] = [];
    const opened = await sftpFactory(server, { trusted }).open({
      onStep: (step) => steps.push(step),
    });
    await opened.close();
    expect(steps.find(({ name }) => name === 'host-key')).toMatchObject({
      ok: true,
      hostKey: { type: 'ssh-rsa', fingerprint: trusted[0]?.fingerprint },
    });
  });
});
