import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { PracticeFault } from '../../electron/practice/practiceFault.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { practiceSite, rawClient } from './practiceFixture.ts';

/** A fault for the first command of that verb. */
function once(verb: string, fault: PracticeFault) {
  let used = false;
  return (command: { readonly verb: string }): PracticeFault | undefined => {
    if (used || command.verb !== verb) return undefined;
    used = true;
    return fault;
  };
}

test('a scripted reply comes instead of the act', async () => {
  const site = await practiceSite({ faults: once('MKD', { kind: 'reply', text: '552 Quota exceeded.' }) });
  const raw = await rawClient(site.port);
  expect(await raw.command('MKD x')).toBe('552 Quota exceeded.');
  expect(existsSync(join(site.root, 'x'))).toBe(false);
  expect(await raw.command('MKD x')).toMatch(/^257 /);
});

test('a lost reply leaves the act done, a dropped command leaves it undone', async () => {
  const lost = await practiceSite({ faults: once('MKD', { kind: 'lose-reply' }) });
  expect(await (await rawClient(lost.port)).command('MKD x')).toBe('closed');
  expect(existsSync(join(lost.root, 'x'))).toBe(true);
  const dropped = await practiceSite({ faults: once('MKD', { kind: 'drop-control' }) });
  expect(await (await rawClient(dropped.port)).command('MKD x')).toBe('closed');
  expect(existsSync(join(dropped.root, 'x'))).toBe(false);
});

test('an upload that is cut after n bytes leaves exactly n', async () => {
  const site = await practiceSite({
    faults: once('STOR', { kind: 'drop-data', afterBytes: 1234, reply: '452 Disk full.' }),
  });
  const raw = await rawClient(site.port);
  const data = await raw.openData();
  await raw.command('STOR up.bin');
  data.write(Buffer.alloc(100_000, 7));
  expect(await raw.reply()).toBe('452 Disk full.');
  expect(readFileSync(join(site.root, 'up.bin'))).toHaveLength(1234);
  expect(await raw.command('NOOP')).toBe('200 OK.');
});

test('a download that is cut ends in a reset and 426, never in 226', async () => {
  const site = await practiceSite({ faults: once('RETR', { kind: 'drop-data', afterBytes: 5000 }) });
  writeFileSync(join(site.root, 'down.bin'), Buffer.alloc(1_000_000));
  const raw = await rawClient(site.port);
  const data = await raw.openData();
  await raw.command('RETR down.bin');
  await expect(buffer(data)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(await raw.reply()).toMatch(/^426 /);
});

test('a stalled download moves n bytes and ends when the client gives up', async () => {
  const site = await practiceSite({ faults: once('RETR', { kind: 'stall-data', afterBytes: 3 }) });
  writeFileSync(join(site.root, 'down.bin'), 'hello');
  const raw = await rawClient(site.port);
  const data = await raw.openData();
  await raw.command('RETR down.bin');
  const [first] = await Promise.all([new Promise<Buffer>((resolve) => data.once('data', resolve))]);
  expect(first.toString()).toBe('hel');
  expect(await raw.command('ABOR')).toMatch(/^426 /);
  expect(await raw.reply()).toMatch(/^226 /);
});

test('a delayed command is carried out when its time has come', async () => {
  const clock = createFakeClock();
  const site = await practiceSite({ clock, faults: once('MKD', { kind: 'delay', ms: 5000 }) });
  const raw = await rawClient(site.port);
  const reply = raw.command('MKD x');
  // The idle time-out and the delay.
  await expect.poll(() => clock.waiting).toBe(2);
  expect(existsSync(join(site.root, 'x'))).toBe(false);
  await clock.advance(5000);
  expect(await reply).toMatch(/^257 /);
});
