import type { accessCalls } from '../../../shared/contract/accessCalls.ts';
import { ExchangeError } from '../../../shared/errors.ts';
import { keyPassphraseKey } from '../../platform/secrets/secrets.ts';
import type { AskPerson } from '../../transport/sftp/answerQuestion.ts';
import { createKeyPair, showKeyPair } from './access/keyPairs.ts';
import { createPrompts } from './access/prompts.ts';
import type { Area, AreaParts } from './area.ts';

/** SFTP log-on: questions of a server, and key pairs. */
export interface AccessArea extends Area<keyof typeof accessCalls> {
  /** Asks whoever watches an attended run, in the name of a server. */
  asking(server: string): AskPerson;
}

export function createAccessArea(parts: AreaParts): AccessArea {
  const prompts = createPrompts(parts);
  const passphrase = parts.secret(keyPassphraseKey);
  return {
    handlers: {
      'access.prompts': () => prompts.waiting(),
      'access.answer': ({ promptId, answers }) => {
        prompts.answer(promptId, answers);
        return {};
      },
      'access.createKey': async ({ type, path, comment, passphrase: phrase, use }) => {
        const known = use ? parts.configured() : undefined;
        const made = await createKeyPair(parts.dataDir, { type, path, comment, passphrase: phrase });
        if (known === undefined) return made;
        const ftp = { ...known.ftp, logonType: 'key-file', useSshAgent: false, keyFile: made.keyFile };
        parts.saveSettings({ ...known, ftp });
        await passphrase.set(phrase);
        parts.changed('state');
        return made;
      },
      'access.showKey': async ({ path }) => {
        const keyFile = path ?? parts.configured().ftp.keyFile;
        if (keyFile === undefined) throw noKeyFile();
        const saved = await passphrase.get().catch(() => undefined);
        return showKeyPair(keyFile, saved);
      },
      'access.hasPassphrase': async () => ({ saved: await passphrase.has() }),
      'access.setPassphrase': async ({ passphrase: change }) => {
        if (change.do !== 'keep') await passphrase.set(change.do === 'set' ? change.value : undefined);
        parts.changed('state');
        return {};
      },
    },
    asking: (server) => prompts.asking(server),
    close: () => prompts.close(),
  };
}

function noKeyFile(): ExchangeError {
  return new ExchangeError({
    code: 'not-configured',
    class: 'fix',
    message: 'No key file is configured.',
    advice: 'Create a key pair: branchline keys create --use',
  });
}
