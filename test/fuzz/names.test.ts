import fc from 'fast-check';
import { expect } from 'vitest';
import { folderOf, formatRemoteName, inboxFolder, parseRemoteName } from '../../shared/remoteNames.ts';
import { fuzzTest } from './fuzzTest.ts';
import { mutatedText } from './mutations.ts';

const names = [
  '0012-central-00000042-k3f9q2m7.tar.zst',
  'central-all-99999999-00000000.tar.zst',
  'central-0012-01772344800000-k3f9q2m7.receipt.json',
  'A1b2C3d-0047-000000000000001-zzzzzzzz.tar.zst',
];

fuzzTest(
  'a name on the server is Branchline’s, and then says exactly itself, or is nobody’s',
  10_000,
  fc.oneof(mutatedText(names, 2), fc.string({ unit: 'binary', maxLength: 60 })),
  (text) => {
    const name = parseRemoteName(text);
    if (name === undefined) return;
    expect(formatRemoteName(name)).toBe(text);
    expect(Number.isSafeInteger(name.sequence) && name.sequence >= 1).toBe(true);
    for (const folder of [folderOf(name.to), inboxFolder(name.from)]) {
      expect(folder).toMatch(/^(central|all|stores\/[A-Z0-9]{1,7})$/);
    }
  },
);
