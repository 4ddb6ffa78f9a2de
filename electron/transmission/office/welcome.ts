import { type Welcome, welcomeSchema } from '../../../shared/office.ts';
import { welcomeFile } from '../../../shared/remoteNames.ts';
import type { Transport } from '../../transport/transport.ts';
import type { RunContext } from '../siteContext.ts';
import { unreadable } from './officeErrors.ts';
import { readSealed } from './officeFiles.ts';

const welcomeFact = 'welcome';

/**
 * Takes the central site's welcome when it is new.
 *
 * `seen` tells the listed file apart from the one taken before (its size and time).
 */
export async function takeWelcome(run: RunContext, transport: Transport, seen: string): Promise<void> {
  const opened = await readSealed(run, transport, welcomeFile(run.me), welcomeSchema);
  if (opened === undefined) return;
  if (!opened.ok) throw unreadable(welcomeFile(run.me), opened.message);
  const welcome = opened.value;
  if (welcome.guid !== run.guid) return;
  run.ledger.commit('welcome-taken', (tables) =>
    tables.facts.set(welcomeFact, JSON.stringify({ seen, welcome })),
  );
}

/** The welcome taken so far, and what its file looked like. */
export function knownWelcome(
  run: RunContext,
): { readonly seen: string; readonly welcome: Welcome } | undefined {
  const text = run.ledger.read((tables) => tables.facts.get(welcomeFact));
  if (text === undefined) return undefined;
  const parsed: { seen: string; welcome: unknown } = JSON.parse(text);
  return { seen: parsed.seen, welcome: welcomeSchema.parse(parsed.welcome) };
}
