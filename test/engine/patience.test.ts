import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { central, openSite, password, startCountingServer, store, withServer } from './officeSites.ts';

const right = { do: 'set', value: password } as const;

test.each([
  ['central office', central],
  ['store', store],
])(
  'a wrong password is sent once in a run of the %s, however many connections it may open',
  async (_who, identity) => {
    const server = await startCountingServer();
    const { engine, made, dataDir } = await openSite(identity);
    await engine.saveSettings(withServer(made, server.port, { connections: 8 }), { password: right });
    await engine.setPassword('not this one', { unproven: true });
    const folder = join(dataDir, 'outgoing/daily-close', identity.role === 'central' ? 'all' : '');
    mkdirSync(folder, { recursive: true });
    for (let file = 0; file < 5; file += 1) writeFileSync(join(folder, `${file}.csv`), 'a,b\n');
    server.forget();
    const result = await engine.transmit({ mode: 'full' });
    expect(result).toMatchObject({ outcome: 'failed', error: { code: 'login-refused', class: 'fix' } });
    expect(server.count('PASS')).toBe(1);
  },
);

test('a full server is not hammered: a run stops sending at the first 552 of each connection, and loses nothing', async () => {
  const server = await startCountingServer();
  const office = await openSite(central);
  await office.engine.saveSettings(withServer(office.made, server.port), { password: right });
  await office.engine.transmit({ mode: 'full' });
  const { engine, made, dataDir } = await openSite(store);
  const connections = 2;
  const wanted = withServer(made, server.port, { connections });
  // A packet for each file.
  await engine.saveSettings(
    { ...wanted, delivery: { ...wanted.delivery, packetFiles: 1 } },
    { password: right },
  );
  await engine.transmit({ mode: 'full' });
  await office.engine.transmit({ mode: 'full' });
  const folder = join(dataDir, 'outgoing/daily-close');
  for (let file = 0; file < 12; file += 1) writeFileSync(join(folder, `${file}.csv`), 'a,b\n');
  server.fault = ({ verb }) =>
    verb === 'STOR' || verb === 'APPE' ? { kind: 'reply', text: '552 Quota exceeded.' } : undefined;
  server.forget();
  const full = await engine.transmit({ mode: 'full' });
  expect(full).toMatchObject({ outcome: 'failed', error: { code: 'no-room', class: 'full' } });
  expect(full.queue).toEqual({ queued: 12, skipped: 0 });
  // One for each connection that sends; receipts are small, and tried once.
  expect(server.count('STOR') + server.count('APPE')).toBeLessThanOrEqual(connections + 1);

  server.fault = undefined;
  const mended = await engine.transmit({ mode: 'full' });
  expect(mended.queue).toEqual({ queued: 0, skipped: 0 });
  expect(mended.sent.packets).toBe(12);
});
