import type { trustCalls } from '../../../shared/contract/trustCalls.ts';
import { releaseConnection } from '../../transmission/suspension/connectionState.ts';
import type { Area, AreaParts } from './area.ts';
import { lookAtServer } from './trust/lookAtServer.ts';
import { allTrusted, withoutTrusted, withTrusted } from './trust/trustedServers.ts';

export function createTrustArea(parts: AreaParts): Area<keyof typeof trustCalls> {
  const { clock, configured, saveSettings, changed } = parts;
  return {
    handlers: {
      'trust.list': () => {
        const settings = parts.settings();
        return settings === undefined ? [] : allTrusted(settings);
      },
      'trust.look': async ({ candidate }) => {
        const ftp = candidate?.ftp ?? configured().ftp;
        // Without a password: nothing is sent that would need one.
        return await lookAtServer(await parts.factory({ candidate: { ftp, password: undefined } }), ftp);
      },
      'trust.add': ({ keepOthers, ...identity }) => {
        const added = { ...identity, addedMs: clock.now() };
        const saved = saveSettings(withTrusted(configured(), added, keepOthers));
        // What kept the connection resting may be mended by it: the next run tries.
        releaseConnection(parts.ledger, clock);
        changed('trust', 'state');
        return allTrusted(saved);
      },
      'trust.remove': (key) => {
        const before = configured();
        const saved = saveSettings(withoutTrusted(before, key));
        changed('trust', 'state');
        return { removed: allTrusted(before).length - allTrusted(saved).length };
      },
    },
  };
}
