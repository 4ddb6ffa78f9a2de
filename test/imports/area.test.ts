import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Engine } from '../../electron/engine/engine.ts';
import { openEngine } from '../../electron/engine/openEngine.ts';
import { stampFromStat } from '../../electron/packet/fileStamp.ts';
import { sealPacket } from '../../electron/packet/sealPacket.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { systemRandom, uuidV7 } from '../../electron/platform/random.ts';
import type { ImportReport } from '../../shared/importReport.ts';
import { importChannelSchema } from '../../shared/importsSettings.ts';
import { formatRemoteName } from '../../shared/remoteNames.ts';
import { channelNameSchema, storeNumberSchema } from '../../shared/sites.ts';

const header = 'vehicle,term,mileage,payment_profile,rate';

function book(rows: number, bad = 0): string {
  const good = Array.from({ length: rows - bad }, (_, row) => `V${row},24,10000,monthly,1.50`);
  const wrong = Array.from({ length: bad }, (_, row) => `W${row},25,10000,monthly,1.50`);
  return `${header}\n${[...good, ...wrong].join('\n')}\n`;
}

interface Office {
  readonly engine: Engine;
  /** The shared home directory. */
  readonly home: string;
  readonly dataDir: string;
  /** Puts a finished file there. */
  drop(path: string, content: string | Buffer): void;
  files(folder: string): string[];
  transmit(): Promise<void>;
  reports(): Promise<ImportReport[]>;
}

/** A central site whose home directory is a folder of this machine, with e-mail that goes nowhere. */
async function openOffice(...channels: object[]): Promise<Office> {
  const folder = mkdtempSync(join(tmpdir(), 'branchline-import-area-'));
  const home = join(folder, 'home');
  const dataDir = join(folder, 'data');
  mkdirSync(home);
  const engine = await openEngine({ dataDir, clock: systemClock, random: systemRandom, env: {} });
  onTestFinished(async () => {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const made = await engine.init({ role: 'central', name: 'Head office' });
  await engine.saveSettings({
    ...made,
    channels: ['rate-book'],
    ftp: { ...made.ftp, protocol: 'folder', homeDir: home },
    delivery: { ...made.delivery, settleSeconds: 0 },
    dropFolders: { ...made.dropFolders, settleSeconds: 0 },
    // Nobody listens there: what is sent waits in the ledger.
    mail: {
      ...made.mail,
      host: '127.0.0.1',
      port: 9,
      sender: 'office@example.com',
      recipients: ['it@example.com'],
    },
    imports: channels.map((channel) => importChannelSchema.parse(channel)),
  });
  return {
    engine,
    home,
    dataDir,
    drop(path, content) {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), content);
    },
    files: (path) =>
      existsSync(join(home, path))
        ? readdirSync(join(home, path), { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => join(entry.parentPath, entry.name).slice(home.length + 1))
            .sort()
        : [],
    async transmit() {
      const result = await engine.transmit({ mode: 'full' });
      expect(result.error).toBeUndefined();
    },
    async reports() {
      const rows = await engine.ask('imports.list', { limit: 100 });
      const reports = await Promise.all(rows.map(({ runId }) => engine.ask('imports.show', { runId })));
      return reports.filter((report) => report !== undefined);
    },
  };
}

/** Store 0012 joins the office. Answers with its GUID. */
async function joinStore(home: string): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'branchline-import-store-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const engine = await openEngine({ dataDir, clock: systemClock, random: systemRandom, env: {} });
  try {
    const made = await engine.init({ role: 'store', storeNumber: '0012', name: 'Riverside' });
    await engine.saveSettings({ ...made, ftp: { ...made.ftp, protocol: 'folder', homeDir: home } });
    await engine.transmit({ mode: 'full' });
    return made.site.guid;
  } finally {
    await engine.close();
  }
}

const fromFolder = { name: 'rates', dataset: 'rate-book', from: { folder: 'ratebooks' } };

describe('within a transmission', () => {
  test('a file in the folder is imported and gone; one in test/ is only tried; a wrong one is put aside', async () => {
    const office = await openOffice(fromFolder);
    office.drop('ratebooks/book.csv', book(3));
    office.drop('ratebooks/test/try.csv', book(5));
    office.drop('ratebooks/wrong.csv', 'a,b\n1,2\n');
    office.drop('ratebooks/still-coming.csv.part', book(9));
    await office.transmit();
    expect(
      (await office.reports()).map(({ source, mode, outcome }) => [source, mode, outcome]).sort(),
    ).toEqual([
      ['book.csv', 'real', 'published'],
      ['try.csv', 'test', 'tested'],
      ['wrong.csv', 'real', 'failed'],
    ]);
    expect(office.files('ratebooks')).toEqual([
      'ratebooks/rejected/wrong.csv',
      'ratebooks/still-coming.csv.part',
    ]);
    const [view] = await office.engine.ask('imports.channels', {});
    expect(view?.sets).toMatchObject([{ set: 'default', published: { rows: 3 } }]);
    await office.transmit();
    expect(await office.reports()).toHaveLength(3);
  });

  test('with a folder of folders, each is a set of its own; what can be no set is passed over', async () => {
    const office = await openOffice({ ...fromFolder, from: { folder: 'ratebooks/*' } });
    office.drop('ratebooks/default/a.csv', book(2));
    office.drop('ratebooks/custom-123/b.csv', book(4));
    office.drop('ratebooks/Not A Set/c.csv', book(6));
    await office.transmit();
    const [view] = await office.engine.ask('imports.channels', {});
    expect(view?.sets.map(({ set, published }) => [set, published?.rows])).toEqual([
      ['custom-123', 4],
      ['default', 2],
    ]);
    expect(office.files('ratebooks')).toEqual(['ratebooks/Not A Set/c.csv']);
    const set = 'custom-123';
    office.drop('ratebooks/custom-123/b2.csv', book(5));
    await office.transmit();
    const back = await office.engine.ask('imports.rollback', { channel: 'rates', set, startedBy: 'test' });
    expect(back).toMatchObject({ set, outcome: 'published', counts: { rows: 4 } });
  });

  test('files that packets have brought are imported in their order, and gone from the incoming folder', async () => {
    const office = await openOffice({ ...fromFolder, from: { channel: 'rate-book' } });
    const incoming = join(office.dataDir, 'incoming/rate-book/0012/sub');
    mkdirSync(incoming, { recursive: true });
    writeFileSync(join(incoming, 'one.csv'), book(2));
    const test = join(office.dataDir, 'imports/test-packets/rate-book/0012/packet-0');
    mkdirSync(test, { recursive: true });
    writeFileSync(join(test, 'tried.csv'), book(7));
    await office.transmit();
    expect(
      (await office.reports()).map(({ source, mode, outcome }) => [source, mode, outcome]).sort(),
    ).toEqual([
      ['one.csv', 'real', 'published'],
      ['tried.csv', 'test', 'tested'],
    ]);
    expect(readdirSync(incoming)).toEqual([]);
    // The same content once more is another file.
    writeFileSync(join(incoming, 'one.csv'), book(2));
    await office.transmit();
    expect(await office.reports()).toHaveLength(3);
  });

  test('a packet for tests is imported as a test, and leaves nothing in the incoming folder', async () => {
    const office = await openOffice({ ...fromFolder, from: { channel: 'rate-book' } });
    await office.transmit();
    const guid = await joinStore(office.home);
    const { site } = office.engine.settings() ?? {};
    if (site?.role !== 'central') throw new Error('This is the central site.');
    await office.transmit();
    const from = storeNumberSchema.parse('0012');
    const name = formatRemoteName({ kind: 'packet', from, to: 'central', sequence: 1, shortId: 'tests000' });
    const source = join(office.dataDir, 'tried.csv');
    writeFileSync(source, book(7));
    const stamp = stampFromStat(statSync(source, { bigint: true }));
    await sealPacket({
      header: {
        formatVersion: 1,
        kind: 'files',
        packetId: uuidV7(systemRandom, systemClock),
        officeId: site.officeId,
        from,
        fromGuid: guid,
        to: 'central',
        streamId: uuidV7(systemRandom, systemClock),
        sequence: 1,
        through: 1,
        usage: 'test',
        createdMs: systemClock.now(),
      },
      sources: [
        {
          channel: channelNameSchema.parse('rate-book'),
          path: 'deep/tried.csv',
          absolutePath: source,
          stamp,
        },
      ],
      destination: join(office.home, 'central', name),
      compressionLevel: 1,
    });
    await office.transmit();
    expect((await office.reports()).map(({ source: file, mode, outcome }) => [file, mode, outcome])).toEqual([
      ['tried.csv', 'test', 'tested'],
    ]);
    expect(existsSync(join(office.dataDir, 'incoming/rate-book/0012'))).toBe(false);
    expect((await office.engine.ask('imports.channels', {}))[0]?.sets[0]?.published).toBeUndefined();
  });

  test('a failure is told by attention and alarm until the next import goes well; people get the rejected rows', async () => {
    const office = await openOffice({
      ...fromFolder,
      recipients: ['partner@example.com'],
      mailOnStart: true,
    });
    const mails = () =>
      office.engine.ask('alerts.list', { limit: 50 }).then((alerts) => JSON.stringify(alerts));
    office.drop('ratebooks/book.csv', book(10, 5));
    const failed = await office.engine.transmit({ mode: 'full' });
    expect(failed.attention.map(({ text }) => text).join()).toMatch(/5 of 10 rows have errors/);
    expect((await office.engine.status()).attention.join()).toMatch(/last import into rates .* failed/);
    expect(await mails()).toMatch(/failed-import/);
    office.drop('ratebooks/book.csv', book(10));
    await office.transmit();
    expect((await office.engine.status()).attention.join()).not.toMatch(/last import/);
  });
});

describe('on demand', () => {
  test('a file is sent in pieces and imported; its rejected rows can be read; misplaced pieces are refused', async () => {
    const { engine } = await openOffice({ ...fromFolder, limits: { mostRowErrorsPercent: 50 } });
    const bytes = Buffer.from(book(10, 2));
    const { uploadId } = await engine.ask('imports.beginUpload', {
      name: 'book.csv',
      sizeBytes: bytes.length,
    });
    const add = (offset: number, end: number) =>
      engine.ask('imports.addPiece', {
        uploadId,
        offset,
        base64: bytes.subarray(offset, end).toString('base64'),
      });
    await add(0, 100);
    await expect(add(50, 150)).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(
      engine.ask('imports.start', { channel: 'rates', mode: 'real', uploadId, startedBy: 'test' }),
    ).rejects.toMatchObject({ message: /not here whole/ });
    await add(100, bytes.length);
    const ended = Promise.withResolvers<ImportReport | undefined>();
    engine.on('imports.ended', ({ report }) => ended.resolve(report));
    const { runId } = await engine.ask('imports.start', {
      channel: 'rates',
      mode: 'real',
      uploadId,
      startedBy: 'test',
    });
    expect(await ended.promise).toMatchObject({ runId, outcome: 'published', origin: 'test' });
    const { text, nextOffset } = await engine.ask('imports.rejected', { runId, offset: 0 });
    expect(nextOffset).toBeUndefined();
    expect(text.split('\r\n').map((line) => line.split(',')[1])).toEqual([
      'rejected_line',
      '10',
      '11',
      undefined,
    ]);
    await expect(
      engine.ask('imports.rejected', { runId: '../../ledger.db', offset: 0 }),
    ).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });

  test('what waits is taken without a transmission', async () => {
    const office = await openOffice(fromFolder);
    office.drop('ratebooks/book.csv', book(3));
    const taken = Promise.withResolvers<readonly string[]>();
    office.engine.on('imports.taken', ({ runIds }) => taken.resolve(runIds));
    await office.engine.ask('imports.take', {});
    expect(await taken.promise).toHaveLength(1);
    expect(office.files('ratebooks')).toEqual([]);
  });

  test('a channel is checked before it is saved, and one that is not there is named', async () => {
    const { engine, dataDir } = await openOffice();
    const channel = importChannelSchema.parse(fromFolder);
    await engine.ask('imports.putChannel', { channel });
    await expect(
      engine.ask('imports.putChannel', {
        channel: { ...channel, name: importChannelSchema.shape.name.parse('other') },
      }),
    ).rejects.toMatchObject({ code: 'invalid-settings' });
    for (const folder of ['../x', '/x', 'central/x', 'a/rejected', 'a//b']) {
      await expect(
        engine.ask('imports.putChannel', { channel: { ...channel, from: { folder } } }),
      ).rejects.toMatchObject({ code: 'invalid-input' });
    }
    await expect(engine.ask('imports.removeChannel', { name: 'nothing' })).rejects.toMatchObject({
      code: 'unknown-import-channel',
    });
    await engine.ask('imports.removeChannel', { name: 'rates' });
    expect(JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8')).imports).toEqual([]);
  });
});
