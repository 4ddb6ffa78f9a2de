import type { Command } from 'commander';
import type { StatusView } from '../../../shared/views.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { listing } from '../answer.ts';
import { formatBytes, formatCount, formatTime } from '../output/formatAmounts.ts';
import { formatTable } from '../output/formatTable.ts';
import { outcomeWords } from '../output/outcomeWords.ts';
import { safeText } from '../output/safeText.ts';
import { requireSettings } from '../settings/requireSettings.ts';

function verdict(status: StatusView): string {
  const count = status.attention.length;
  return count === 0
    ? 'All is well.'
    : `${count === 1 ? '1 thing needs' : `${count} things need`} attention:`;
}

function facts(status: StatusView): string[] {
  const { site, queue, lastTransmission: last } = status;
  const rows: [string, string][] = [];
  if (site !== undefined) {
    const who = site.role === 'central' ? 'the central site' : `store ${site.name}`;
    rows.push(['Site', `${who}, "${site.label}"`], ['GUID', site.guid]);
  }
  rows.push(
    ['Office', status.office?.officeId ?? 'not yet known: the first transmission finds out'],
    ['Server', status.server ?? 'not yet set'],
    [
      'Last run',
      last === undefined ? 'never' : `${formatTime(last.startedMs)}, ${outcomeWords[last.outcome]}`,
    ],
    ['To send', `${formatCount(status.waitingFiles, 'file')} in the outgoing folder`],
    [
      'Queue',
      `${queue.queued} waiting to be sent (${formatBytes(queue.bytes)}), ${queue.published} sent and not yet answered, ${queue.skipped} skipped`,
    ],
  );
  return formatTable(undefined, rows);
}

function stores(status: StatusView): string[] {
  if (status.stores.length === 0) return [];
  const rows = status.stores.map((store) => [
    store.name,
    store.label,
    store.lastReceiptMs === undefined ? 'never' : formatTime(store.lastReceiptMs),
    String(store.awaiting),
    store.editions === undefined
      ? ''
      : store.editions.behind === 0
        ? 'current'
        : `${store.editions.behind} of ${store.editions.behind + store.editions.current} not current`,
  ]);
  return ['', ...formatTable(['Store', 'Name', 'Last receipt', 'Not yet answered', 'Sets'], rows, [3])];
}

export function addStatus(program: Command, act: Act): void {
  const command = program
    .command('status')
    .summary('how this site stands')
    .description('Shows how this site stands, and what needs a person. It does not ask the server.')
    .action(() =>
      act((context) =>
        context.withEngine(async (engine) => {
          requireSettings(engine);
          const status = await engine.status();
          return listing(status, [
            verdict(status),
            ...status.attention.map((text) => `  - ${safeText(text)}`),
            '',
            ...facts(status),
            ...stores(status),
          ]);
        }),
      ),
    );
  addExamples(command, ['branchline status', 'branchline status --json']);
}
