import { describe, expect, it } from 'vitest';
import {
  ftpPasswordKey,
  keyPassphraseKey,
  mailPasswordKey,
  type Secrets,
} from '../../electron/platform/secrets/secrets.ts';

const longSecret = 'x'.repeat(2000);

/** What holds for every store of secrets. `start` makes a new store; what it returns opens that store again. */
export function checkSecretsContract(name: string, start: () => () => Secrets): void {
  const key = 'ftp-password';
  describe(`${name} keeps secrets: it`, () => {
    it('has none at first, and removing one that is not there does nothing', async () => {
      const open = start();
      expect(await open().get(key)).toBeUndefined();
      await open().remove(key);
      expect(await open().get(key)).toBeUndefined();
    });

    it.each(['hunter2', 'pä"ss\\ wörd\n日本', ' ', '__proto__', longSecret])(
      'keeps %.20j for the next opening',
      async (value) => {
        const open = start();
        await open().set(key, value);
        expect(await open().get(key)).toBe(value);
      },
    );

    it('replaces and removes', async () => {
      const open = start();
      const secrets = open();
      await secrets.set(key, 'one');
      await secrets.set(key, 'two');
      expect(await secrets.get(key)).toBe('two');
      await secrets.remove(key);
      expect(await secrets.get(key)).toBeUndefined();
      expect(await open().get(key)).toBeUndefined();
    });

    it('keeps each kind of secret apart from the others', async () => {
      const open = start();
      await open().set(ftpPasswordKey, 'one');
      await open().set(keyPassphraseKey, 'two');
      await open().set(mailPasswordKey, 'three');
      await open().remove(keyPassphraseKey);
      const kept = await Promise.all(
        ([ftpPasswordKey, keyPassphraseKey, mailPasswordKey] as const).map((each) => open().get(each)),
      );
      expect(kept).toEqual(['one', undefined, 'three']);
    });

    it('says in words where it keeps them', () => {
      expect(start()().describe()).toMatch(/^the /);
    });
  });
}
