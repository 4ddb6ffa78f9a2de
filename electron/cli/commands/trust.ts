import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { type Answer, listing } from '../answer.ts';
import type { Context } from '../context.ts';
import { formatTime } from '../output/formatAmounts.ts';
import { formatTable } from '../output/formatTable.ts';
import { requireSettings } from '../settings/requireSettings.ts';
import { addTrustAdd } from './trustAdd.ts';
import { addTrustRemove } from './trustRemove.ts';

function list(context: Context): Promise<Answer> {
  return context.withEngine(async (engine) => {
    requireSettings(engine);
    const entries = await engine.ask('trust.list', {});
    if (entries.length === 0) {
      return listing(entries, [
        'No server is trusted by its fingerprint. Certificates of known authorities need no entry here.',
      ]);
    }
    const rows = entries.map((entry) => [
      `${entry.host}:${entry.port}`,
      entry.kind === 'certificate' ? 'certificate' : 'host key',
      entry.fingerprint,
      entry.addedMs === 0 ? '' : formatTime(entry.addedMs),
      entry.description,
    ]);
    return listing(
      entries,
      formatTable(['Server', 'What', 'SHA-256 fingerprint', 'Trusted since', ''], rows),
    );
  });
}

export function addTrust(program: Command, act: Act): void {
  const trust = program
    .command('trust')
    .summary('servers that are trusted by their fingerprint')
    .description(
      'A server whose certificate no known authority vouches for, and any SSH server, is trusted by a person, once, by its fingerprint. Nothing else is accepted there from then on.',
    );
  addExamples(trust, ['branchline trust list', 'branchline trust add']);
  addExamples(
    trust
      .command('list', { isDefault: true })
      .description('Lists the trusted servers.')
      .action(() => act(list)),
    ['branchline trust list', 'branchline trust list --json'],
  );
  addTrustAdd(trust, act);
  addTrustRemove(trust, act);
}
