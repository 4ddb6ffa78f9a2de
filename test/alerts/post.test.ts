import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAlarms, createPost } from '../../electron/alerts/createAlarms.ts';
import { createMailCarrier } from '../../electron/alerts/mail/mailCarrier.ts';
import type { Ledger } from '../../electron/ledger/ledger.ts';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import { alertSettingsSchema, mailSettingsSchema } from '../../shared/mailSettings.ts';
import { temporaryFolder } from '../ledger/ledgerFixture.ts';
import { createFakeClock, type FakeClock } from '../support/fakeClock.ts';
import { createSeededRandom } from '../support/seededRandom.ts';
import { type MailServer, startMailServer } from './mailServer.ts';

interface Room {
  readonly clock: FakeClock;
  readonly ledger: Ledger;
  readonly alarms: ReturnType<typeof createAlarms>;
  readonly post: ReturnType<typeof createPost>;
  readonly carrier: ReturnType<typeof createMailCarrier>;
  /** Closes the ledger and opens all anew, as after a restart. */
  reopen(): Promise<Room>;
}

let rooms = 0;

function openRoom(port: number, options: { path?: string; clock?: FakeClock; alerts?: object } = {}): Room {
  const clock = options.clock ?? createFakeClock();
  const path = options.path ?? join(temporaryFolder(), 'ledger.db');
  const ledger = openLedger({ path, clock });
  onTestFinished(() => ledger.close());
  const mail = mailSettingsSchema.parse({
    host: '127.0.0.1',
    port,
    security: 'none',
    sender: 'office@example.com',
    recipients: ['it@example.com', 'head@example.com'],
  });
  const alerts = alertSettingsSchema.parse(options.alerts ?? {});
  const parts = { ledger, clock, random: createSeededRandom(`room ${rooms++}`) };
  const carrier = createMailCarrier({
    ...parts,
    settings: () => mail,
    password: async () => undefined,
    onChange: () => undefined,
  });
  const alarmParts = { ...parts, settings: () => ({ mail, alerts }), onChange: () => carrier.start() };
  return {
    clock,
    ledger,
    alarms: createAlarms(alarmParts),
    post: createPost(alarmParts),
    carrier,
    async reopen() {
      await carrier.stop();
      ledger.close();
      return openRoom(port, { ...options, path, clock });
    },
  };
}

const skipped = {
  kind: 'skipped',
  key: 'p1',
  subject: 'A packet was skipped',
  body: 'Größe\n.\nlast',
} as const;

describe('alarms', () => {
  it('are told once while the cause stands, over a restart, and once more when it is gone', async () => {
    const server = await startMailServer();
    let room = openRoom(server.port);
    room.alarms.raise(skipped);
    room.alarms.raise(skipped);
    await room.carrier.idle();
    room = await room.reopen();
    room.alarms.raise(skipped);
    await room.carrier.idle();
    expect(server.taken.map(({ subject, text, to }) => ({ subject, text, to }))).toEqual([
      { subject: skipped.subject, text: skipped.body, to: ['it@example.com', 'head@example.com'] },
    ]);

    room.alarms.clear('skipped', 'another');
    room.alarms.clear('skipped', 'p1');
    room = await room.reopen();
    room.alarms.clear('skipped', 'p1');
    room.carrier.start();
    await room.carrier.idle();
    expect(server.taken.map(({ subject }) => subject)).toEqual([
      'A packet was skipped',
      'Resolved: A packet was skipped',
    ]);
    room.alarms.raise(skipped);
    await room.carrier.idle();
    expect(server.taken).toHaveLength(3);
  });

  it('of a kind that is switched off are noted and not mailed, and neither is their end', async () => {
    const server = await startMailServer();
    const room = openRoom(server.port, { alerts: { skippedPacket: false } });
    room.alarms.raise(skipped);
    room.alarms.clear('skipped', 'p1');
    await room.carrier.idle();
    expect(server.taken).toEqual([]);
    expect(room.ledger.read(({ alarms }) => alarms.latest(10))).toMatchObject([
      { kind: 'skipped', cause: 'p1', clearedMs: room.clock.now() },
    ]);
  });
});

describe('outgoing mail', () => {
  it('that cannot be sent is kept over a restart, tried again with growing delays, and sent in order', async () => {
    const gone = await startMailServer();
    await gone.stop();
    let room = openRoom(gone.port);
    room.post.send({ to: [], subject: 'one', text: 'x' });
    await room.carrier.idle();
    room.post.send({ to: ['else@example.com'], subject: 'two', text: 'y' });
    await room.carrier.idle();
    const first = room.ledger.read(({ mails }) => mails.unsent());
    expect(first.map(({ subject, attempts }) => [subject, attempts])).toEqual([
      ['one', 2],
      ['two', 0],
    ]);
    expect(first[0]?.lastError).toMatchObject({ code: 'mail-unreachable', class: 'retry' });
    // After two tries it is two minutes; what came later waits with it.
    expect(first.map(({ nextTryMs }) => nextTryMs)).toEqual(Array(2).fill(room.clock.now() + 120_000));

    room = await room.reopen();
    const server = await restart(gone);
    room.carrier.start();
    await room.carrier.idle();
    expect(server.taken).toEqual([]);
    await room.clock.advance(120_000);
    await room.carrier.idle();
    expect(server.taken.map(({ subject, to }) => [subject, to])).toEqual([
      ['one', ['it@example.com', 'head@example.com']],
      ['two', ['else@example.com']],
    ]);
    expect(room.ledger.read(({ mails }) => mails.unsent())).toEqual([]);
  });

  it('carries attachments, and leaves out what is too large with a word in the text', async () => {
    const server = await startMailServer();
    const room = openRoom(server.port);
    const content = Buffer.from('a;b\n1;2\n');
    room.post.send({
      to: [],
      subject: 's',
      text: 't',
      attachments: [{ name: 'r.csv', type: 'text/csv', content }],
    });
    const large = { name: 'large.bin', type: 'application/octet-stream', content: Buffer.alloc(10_000_001) };
    room.post.send({ to: [], subject: 's2', text: 't', attachments: [large] });
    await room.carrier.idle();
    expect(server.taken[0]?.raw).toContain('filename=r.csv');
    expect(server.taken[0]?.raw).toContain(content.toString('base64'));
    expect(server.taken[1]?.raw).not.toContain('filename');
    expect(server.taken[1]?.text).toContain('large.bin');
  });

  it('lets nothing in a subject or an address become a header', async () => {
    const server = await startMailServer();
    const room = openRoom(server.port);
    room.post.send({ to: [], subject: 'Hello\r\nBcc: evil@example.com', text: 't' });
    room.post.send({
      to: ['a@example.com\r\nBcc: evil@example.com', 'b@example.com>,<c@d'],
      subject: 's',
      text: 't',
    });
    await room.carrier.idle();
    expect(server.taken).toHaveLength(1);
    expect(server.taken[0]?.to).toEqual(['it@example.com', 'head@example.com']);
    expect(server.taken[0]?.subject).toBe('Hello Bcc: evil@example.com');
    expect(server.taken[0]?.raw).not.toMatch(/^Bcc:/im);
  });
});

async function restart(old: MailServer): Promise<MailServer> {
  return await startMailServer({ port: old.port });
}
