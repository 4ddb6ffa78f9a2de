import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sealJson } from '../../electron/transmission/office/sealedJson.ts';
import { formatRemoteName, inboxFolder } from '../../shared/remoteNames.ts';
import { createFakeOffice, type FakeOffice, joinAll } from '../office/fakeOffice.ts';
import type { FakeSite } from '../office/fakeSite.ts';
import { hostilePacket } from '../packet/support/hostilePacket.ts';
import { frontHeader, sha256 } from '../packet/support/packetFixture.ts';
import { fuzzTest } from './fuzzTest.ts';
import { isPolluted, mutatedJson } from './jsonMutations.ts';
import { mutated } from './mutations.ts';
import { samples } from './sealedSamples.ts';

/** Words in the samples that stand for what the office at hand really has. */
const wildcards = {
  officeId: '00000000-0000-4000-8000-00000000000a',
  fromGuid: '00000000-0000-4000-8000-00000000000b',
  toGuid: '00000000-0000-4000-8000-00000000000c',
  outStream: '00000000-0000-7000-8000-00000000000d',
  fileName: '@file name@',
  from: '@from@',
  to: '@to@',
} as const;

const receiptNumber = 1_772_344_800_001;
const contents = { 'a.txt': 'alpha', 'b/c.txt': 'gamma' };

const receiptText = mutatedJson([
  {
    ...samples['a receipt'],
    officeId: wildcards.officeId,
    from: wildcards.from,
    fromGuid: wildcards.fromGuid,
    to: wildcards.to,
    number: receiptNumber,
    answers: samples['a receipt'].answers.map((answer) => ({ ...answer, fileName: wildcards.fileName })),
    positions: [
      {
        streamId: wildcards.outStream,
        to: wildcards.from,
        appliedThrough: 0,
        missing: [
          { from: 1, through: 3 },
          { from: 5, through: 9_000_000_000_000 },
        ],
      },
    ],
  },
]);
const headerText = mutatedJson([
  {
    ...frontHeader,
    officeId: wildcards.officeId,
    from: wildcards.from,
    fromGuid: wildcards.fromGuid,
    to: wildcards.to,
    files: Object.entries(contents).map(([path, content]) => ({
      channel: 'daily-close',
      path,
      sizeBytes: content.length,
      sha256: sha256(content),
      modifiedMs: 0,
    })),
  },
  {
    ...frontHeader,
    kind: 'void',
    officeId: wildcards.officeId,
    from: wildcards.from,
    fromGuid: wildcards.fromGuid,
    to: wildcards.to,
    through: 9_000_000_000_000,
    files: [],
  },
]);
const smallFile = fc.constantFrom('office.json', 'site.json', 'welcome.json').chain((name) =>
  fc.record({
    do: fc.constant('small file' as const),
    name: fc.constant(name),
    bytes: fc.oneof(
      mutatedJson([samples[name]]).map((text) => Buffer.from(sealOrRaw(text))),
      mutated([sealJson(samples[name])]),
    ),
  }),
);

/** What somebody puts on the server before a site transmits. */
const planting = fc.oneof(
  fc.record({ do: fc.constant('receipt' as const), text: receiptText, shortId: fc.nat(5) }),
  fc.record({
    do: fc.constant('packet' as const),
    text: headerText,
    sequence: fc.constantFrom(1, 2, 42, 999_999_999_999_999),
    shortId: fc.nat(5),
    broadcast: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('garbage' as const),
    bytes: mutated([hostilePacket({})]),
    sequence: fc.nat(50),
  }),
  fc.record({
    do: fc.constant('gaps' as const),
    count: fc.nat(60),
    step: fc.constantFrom(2, 10_000_000_000),
  }),
  smallFile,
);
type Planting = typeof planting extends fc.Arbitrary<infer T> ? T : never;

/** A hash that is right as far as it can be: what is inside has to be judged. */
function sealOrRaw(text: string): string {
  try {
    return sealJson(JSON.parse(text));
  } catch (error) {
    if (error instanceof RangeError) return `{"sha256":"","content":${text}}`;
    throw error;
  }
}

function replaceWildcards(text: string, office: FakeOffice, from: FakeSite, to: FakeSite): string {
  const { site } = office.central.settings;
  const known = to.withLedger((ledger) =>
    ledger.read((tables) => ({
      stream: tables.outStreams.get(from.name)?.streamId,
      file: tables.packets.createdSince(0)[0]?.fileName,
    })),
  );
  return text
    .replaceAll(wildcards.officeId, site.role === 'central' ? site.officeId : '')
    .replaceAll(wildcards.fromGuid, from.settings.site.guid)
    .replaceAll(wildcards.toGuid, to.settings.site.guid)
    .replaceAll(wildcards.outStream, known.stream ?? wildcards.outStream)
    .replaceAll(wildcards.fileName, known.file ?? 'nothing')
    .replaceAll(wildcards.from, from.name)
    .replaceAll(wildcards.to, to.name);
}

function plant(office: FakeOffice, one: Planting, from: FakeSite, to: FakeSite): void {
  const inbox = inboxFolder(to.name);
  const put = (kind: 'packet' | 'receipt', sequence: number, shortId: number, bytes: Buffer, all = false) => {
    const addressee = all ? ('all' as const) : to.name;
    const name = { kind, from: from.name, to: addressee, sequence, shortId: `abcdefg${shortId}` };
    office.server.put(`${all ? 'all' : inbox}/${formatRemoteName(name)}`, bytes);
  };
  switch (one.do) {
    case 'receipt': {
      const text = replaceWildcards(one.text, office, from, to);
      put('receipt', receiptNumber, one.shortId, Buffer.from(sealOrRaw(text)));
      break;
    }
    case 'packet': {
      const all = one.broadcast && from === office.central;
      const headerText = replaceWildcards(one.text, office, from, to).replaceAll(
        '"sequence":42',
        `"sequence":${one.sequence}`,
      );
      const files = headerText.includes('"void"')
        ? []
        : Object.entries(contents).map(([path, content]) => ({ path, content }));
      put('packet', one.sequence, one.shortId, hostilePacket({ files, headerText }), all);
      break;
    }
    case 'garbage':
      put('packet', one.sequence + 1, 7, one.bytes);
      break;
    case 'gaps':
      for (let index = 1; index <= one.count; index += 1)
        put('packet', index * one.step, 8, Buffer.from('no packet'));
      break;
    case 'small file':
      office.server.put(one.name === 'office.json' ? one.name : `stores/0001/${one.name}`, one.bytes);
  }
}

/** office.json, site.json and welcome.json as they are now. */
function smallFiles(office: FakeOffice): [string, Buffer][] {
  return [...office.server.snapshot()].filter(([path]) => /(office|site|welcome)\.json$/.test(path));
}

fuzzTest(
  'a transmission ends with a result, whatever lies on the server',
  14,
  fc.array(fc.record({ one: planting, victim: fc.boolean() }), { minLength: 8, maxLength: 14 }),
  async (plantings) => {
    const office = createFakeOffice({ stores: 1, delivery: { retries: 1 } });
    try {
      await joinAll(office);
      const [store] = office.stores;
      if (store === undefined) throw new Error('There is no store.');
      const good = smallFiles(office);
      for (const [index, { one, victim }] of plantings.entries()) {
        const [from, to] = victim ? [office.central, store] : [store, office.central];
        office.central.drop(`price-book/0001/${index}.txt`, `down ${index}`);
        store.drop(`daily-close/${index}.txt`, `up ${index}`);
        await from.transmit('export-only');
        plant(office, one, from, to);
        for (const site of [to, from]) {
          const result = await site.transmit();
          expect(result).not.toBe('crashed');
        }
        for (const [path, bytes] of good) office.server.put(path, bytes);
      }
      expect(isPolluted()).toBe(false);
      for (const site of office.sites) {
        // Nothing was written beside the site's own folders.
        const folders = Object.values(site.folders).map((path) => path.split('/').at(-1));
        const beside = readdirSync(`${site.folders.incoming}/..`).filter((name) => !folders.includes(name));
        expect(beside.filter((name) => !name.startsWith('ledger.db'))).toEqual([]);
      }
    } finally {
      office.dispose();
    }
  },
);

test('a receipt that asks for the same packets a hundred thousand times costs little time', async () => {
  const office = createFakeOffice({ stores: 1 });
  try {
    await joinAll(office);
    const [store] = office.stores;
    const { central } = office;
    if (store === undefined || central.settings.site.role !== 'central')
      throw new Error('There is no office.');
    for (const name of ['1', '2', '3']) {
      central.drop(`price-book/0001/${name}.txt`, name);
      await central.transmit('export-only');
    }
    const stream = central.withLedger((ledger) => ledger.read((tables) => tables.outStreams.get(store.name)));
    if (stream === undefined) throw new Error('Nothing was sent.');
    const { streamId } = stream;
    const missing = Array.from({ length: 200 }, () => ({ from: 1, through: 3 }));
    const receipt = {
      ...samples['a receipt'],
      officeId: central.settings.site.officeId,
      fromGuid: store.settings.site.guid,
      number: receiptNumber,
      answers: [],
      positions: Array.from({ length: 500 }, () => ({
        streamId,
        to: store.name,
        appliedThrough: 0,
        missing,
      })),
    };
    const name = formatRemoteName({
      kind: 'receipt',
      from: store.name,
      to: 'central',
      sequence: receiptNumber,
      shortId: 'abcdefgh',
    });
    office.server.put(`central/${name}`, Buffer.from(sealJson(receipt)));
    const before = process.cpuUsage();
    const result = await central.transmit();
    expect(result).toMatchObject({ outcome: 'done', receipts: { received: 1 } });
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(1500);
  } finally {
    office.dispose();
  }
});
