import type { Command } from 'commander';
import type { TrustedServer } from '../../../shared/trust.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { type Answer, done } from '../answer.ts';
import type { Context } from '../context.ts';
import { safeText } from '../output/safeText.ts';
import { requireSettings } from '../settings/requireSettings.ts';
import { usageError } from '../usageError.ts';

/** By `host`, `host:port`, or the fingerprint. */
function isMeant(entry: TrustedServer, typed: string): boolean {
  const wanted = typed.toLowerCase();
  const server = `${entry.host}:${entry.port}`.toLowerCase();
  return (
    wanted === entry.host.toLowerCase() ||
    wanted === server ||
    // Host keys' fingerprints tell upper from lower case.
    (entry.kind === 'certificate' ? wanted === entry.fingerprint.toLowerCase() : typed === entry.fingerprint)
  );
}

function remove(context: Context, typed: string): Promise<Answer> {
  return context.withEngine(async (engine) => {
    requireSettings(engine);
    const meant = (await engine.ask('trust.list', {})).filter((entry) => isMeant(entry, typed));
    if (meant.length === 0) {
      throw usageError(`${JSON.stringify(typed)} is not a trusted server.`, 'See: branchline trust list');
    }
    for (const { kind, host, port, fingerprint } of meant) {
      await engine.ask('trust.remove', { kind, host, port, fingerprint });
    }
    return done({ removed: meant }, [
      'Trusted no more:',
      ...meant.map((entry) => `  ${safeText(entry.host)}:${entry.port}  ${entry.fingerprint}`),
    ]);
  });
}

export function addTrustRemove(trust: Command, act: Act): void {
  const command = trust
    .command('remove <server>')
    .description('Trusts a server no more: named by host, by host:port, or by its fingerprint.')
    .action((server: string) => act((context) => remove(context, server)));
  addExamples(command, [
    'branchline trust remove ftp.example.com',
    'branchline trust remove ftp.example.com:990',
  ]);
}
