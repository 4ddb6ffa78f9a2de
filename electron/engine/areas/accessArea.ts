import type { accessCalls } from '../../../shared/contract/accessCalls.ts';
import { keyPassphraseKey } from '../../platform/secrets/secrets.ts';
import type { AskPerson } from '../../transport/sftp/answerQuestion.ts';
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
