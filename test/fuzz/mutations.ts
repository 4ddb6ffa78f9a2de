import fc from 'fast-check';

/** Numbers that parsers trip over. */
export const oddNumbers = [
  '0',
  '-1',
  '4294967296',
  '9007199254740993',
  '99999999999999999999999999',
  '1e309',
  '0x10',
  '00000000000000000000000000000001',
];

const oddBytes: readonly Buffer[] = [
  '\0',
  '\r',
  '\n',
  '\r\n',
  ' ',
  '"',
  '(',
  ';',
  '=',
  '../',
  '\\',
  '__proto__',
  '\u202e',
  '\ufeff',
  '[',
  '{',
].map((text) => Buffer.from(text));
const brokenUtf8 = [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf8, 0x88], [0xc0, 0xaf]].map((bytes) =>
  Buffer.from(bytes),
);

/** Somewhere in a text of any length, as a share of a million. */
const place = fc.nat(1_000_000);

type Mutation = (bytes: Buffer) => Buffer;

function at(bytes: Buffer, share: number): number {
  return Math.floor((share / 1_000_001) * (bytes.length + 1));
}

const mutation = (samples: readonly Buffer[]): fc.Arbitrary<Mutation> =>
  fc.oneof(
    // A flipped bit.
    fc.tuple(place, fc.nat(7)).map(
      ([share, bit]): Mutation =>
        (bytes) => {
          const copy = Buffer.from(bytes);
          const index = at(bytes, share);
          if (index < copy.length) copy.writeUInt8(copy.readUInt8(index) ^ (1 << bit), index);
          return copy;
        },
    ),
    // Something left out.
    fc.tuple(place, fc.nat(40)).map(
      ([share, length]): Mutation =>
        (bytes) => {
          const index = at(bytes, share);
          return Buffer.concat([bytes.subarray(0, index), bytes.subarray(index + length)]);
        },
    ),
    // The end missing.
    place.map(
      (share): Mutation =>
        (bytes) =>
          bytes.subarray(0, at(bytes, share)),
    ),
    // Something put in.
    fc
      .tuple(
        place,
        fc.oneof(
          fc.constantFrom(...oddBytes, ...brokenUtf8),
          fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
        ),
      )
      .map(
        ([share, more]): Mutation =>
          (bytes) => {
            const index = at(bytes, share);
            return Buffer.concat([bytes.subarray(0, index), more, bytes.subarray(index)]);
          },
      ),
    // A piece many times over.
    fc.tuple(place, fc.integer({ min: 1, max: 60 }), fc.nat(200)).map(
      ([share, length, times]): Mutation =>
        (bytes) => {
          const index = at(bytes, share);
          const piece = bytes.subarray(index, index + length);
          return Buffer.concat([
            bytes.subarray(0, index),
            ...Array<Buffer>(times).fill(piece),
            bytes.subarray(index),
          ]);
        },
    ),
    // The end of another sample.
    fc.tuple(place, place, fc.constantFrom(...samples)).map(
      ([share, other, sample]): Mutation =>
        (bytes) =>
          Buffer.concat([bytes.subarray(0, at(bytes, share)), sample.subarray(at(sample, other))]),
    ),
    // Another number.
    fc.tuple(fc.nat(30), fc.constantFrom(...oddNumbers)).map(
      ([which, number]): Mutation =>
        (bytes) => {
          let count = -1;
          const text = bytes
            .toString('latin1')
            .replace(/\d+/g, (found) => (++count === which ? number : found));
          return Buffer.from(text, 'latin1');
        },
    ),
  );

/** Samples with a few things wrong; now and then a sample as it is, or bytes without any sense. */
export function mutated(samples: readonly (string | Buffer)[], most = 4): fc.Arbitrary<Buffer> {
  const buffers = samples.map((sample) => (typeof sample === 'string' ? Buffer.from(sample) : sample));
  return fc.oneof(
    {
      weight: 20,
      arbitrary: fc
        .tuple(fc.constantFrom(...buffers), fc.array(mutation(buffers), { maxLength: most }))
        .map(([sample, changes]) => changes.reduce((bytes, change) => change(bytes), sample)),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)) },
  );
}

/** The same, as a server's words are read: broken UTF-8 becomes replacement characters. */
export function mutatedText(samples: readonly (string | Buffer)[], most?: number): fc.Arbitrary<string> {
  return mutated(samples, most).map((bytes) => bytes.toString('utf8'));
}

/** Cuts bytes into chunks at random places, as a network does. */
export function chunked(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}
