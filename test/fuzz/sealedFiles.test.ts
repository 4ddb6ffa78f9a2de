import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect } from 'vitest';
import { openJson } from '../../electron/transmission/office/sealedJson.ts';
import { officeSchema, siteClaimSchema, welcomeSchema } from '../../shared/office.ts';
import { receiptSchema } from '../../shared/receipt.ts';
import { fuzzTest } from './fuzzTest.ts';
import { isPolluted, mutatedJson } from './jsonMutations.ts';
import { mutated } from './mutations.ts';
import { samples } from './sealedSamples.ts';

/** The hash that the file itself carries is right as far as it can be: what is inside has to be judged. */
function sealed(text: string): Buffer {
  return Buffer.from(`{"sha256":"${createHash('sha256').update(text).digest('hex')}","content":${text}}`);
}

for (const [name, schema] of [
  ['office.json', officeSchema],
  ['site.json', siteClaimSchema],
  ['welcome.json', welcomeSchema],
  ['a receipt', receiptSchema],
] as const) {
  const sample = samples[name];
  fuzzTest(
    `${name}, whatever it says, is read, damaged or invalid`,
    1500,
    fc.oneof(
      mutatedJson([sample]).map(sealed),
      mutatedJson([{ sha256: 'x', content: sample }]).map((text) => Buffer.from(text)),
      mutated([sealed(JSON.stringify(sample))]),
    ),
    (bytes) => {
      const opened = openJson<unknown>(bytes, schema);
      expect(isPolluted()).toBe(false);
      if (opened.ok) expect(schema.safeParse(opened.value).success).toBe(true);
      else {
        expect(['damaged', 'invalid']).toContain(opened.why);
        expect(opened.message.length).toBeLessThanOrEqual(1000);
      }
    },
  );
}
