import type { Settings } from '../../../../shared/settings.ts';
import type { Alarm, AlarmKind, Alarms } from '../../../alerts/alarms.ts';
import type { DeliveryRow, LedgerTables } from '../../../ledger/ledger.ts';
import { nameOf } from '../../siteOf.ts';
import type { AreaParts } from '../area.ts';
import { siteTitle, suspensionAlarm } from './suspensionAlarm.ts';

/** The kinds that are read off the ledger. Others (a failed import) are raised and cleared by who knows of them. */
const reviewedKinds: readonly AlarmKind[] = ['suspension', 'skipped', 'untrusted', 'late-store'];

/**
 * Raises what stands and clears what does not, by what is in the ledger.
 *
 * Promise: may be called at any time, any number of times: a program that was killed before it could tell of something
 *          tells of it at its next start.
 */
export function reviewAlarms(
  { ledger, clock }: Pick<AreaParts, 'ledger' | 'clock'>,
  settings: Settings,
  alarms: Alarms,
): void {
  const nowMs = clock.now();
  const { wanted, standing } = ledger.read((tables) => ({
    wanted: [
      ...suspension(tables, settings),
      ...skipped(tables, settings),
      ...untrusted(tables, settings),
      ...lateStores(tables, settings, nowMs),
    ],
    standing: tables.alarms.allStanding(),
  }));
  for (const alarm of wanted) alarms.raise(alarm);
  const isWanted = (kind: string, cause: string) =>
    wanted.some((alarm) => alarm.kind === kind && alarm.key === cause);
  for (const { kind, cause } of standing) {
    const known = reviewedKinds.find((one) => one === kind);
    if (known !== undefined && !isWanted(kind, cause)) alarms.clear(known, cause);
  }
}

function suspension(tables: LedgerTables, settings: Settings): Alarm[] {
  const row = tables.connection.get();
  return row.suspended === undefined ? [] : [suspensionAlarm(row, settings)];
}

/** Packets whose retries are used up. One that a person set aside is no surprise to anybody. */
function skipped(tables: LedgerTables, settings: Settings): Alarm[] {
  return tables.deliveries
    .inState('skipped')
    .filter((delivery) => isUsedUp(delivery, settings))
    .map((delivery) => {
      const fileName = tables.packets.get(delivery.packetId)?.fileName ?? delivery.packetId;
      return {
        kind: 'skipped',
        key: String(delivery.id),
        subject: `Packet skipped at ${siteTitle(settings)}`,
        body: [
          `The packet ${fileName} to ${delivery.addressee} was skipped at ${siteTitle(settings)} after ${delivery.attempts} tries: it waits for a person. The others go on.`,
          delivery.lastError?.message ?? '',
          `What to do: retry it in the Queue window (branchline queue retry ${delivery.id}), or cancel it.`,
        ].join('\n'),
      };
    });
}

function isUsedUp({ attempts, lastError }: DeliveryRow, { delivery }: Settings): boolean {
  return lastError?.code === 'backup-missing' || (lastError !== undefined && attempts > delivery.retries);
}

/** The last run met a server that is not the known one, and nobody has logged in since. */
function untrusted(tables: LedgerTables, settings: Settings): Alarm[] {
  const last = tables.transmissions.latest(1)[0]?.result;
  const key = `${settings.ftp.host}:${settings.ftp.port}`;
  if (last?.error?.class !== 'trust') {
    const { lastLoginMs } = tables.connection.get();
    const known = tables.alarms.standing('untrusted', key);
    // Until a log-in succeeds it stands: a run that failed for another reason proves nothing.
    const isOver = known === undefined || (lastLoginMs !== undefined && lastLoginMs >= known.raisedMs);
    return isOver ? [] : [{ kind: 'untrusted', key, subject: known.subject, body: known.body }];
  }
  return [
    {
      kind: 'untrusted',
      key,
      subject: `Untrusted server at ${siteTitle(settings)}`,
      body: [
        `${siteTitle(settings)} did not log in to ${key}, because the server did not prove who it is. Nothing was sent, and no password.`,
        last.error.message,
        `What to do: ${last.error.advice}`,
      ].join('\n'),
    },
  ];
}

/**
 * Stores of which nothing came for too long. A central site that could not look itself knows of none: else the day on
 * which the server was gone would make every store late at once.
 */
function lateStores(tables: LedgerTables, settings: Settings, nowMs: number): Alarm[] {
  if (nameOf(settings) !== 'central') return [];
  const { lateAfterHours } = settings.oversight;
  const lookedMs = lastLookMs(tables);
  return tables.reports.storeTraffic().flatMap(({ name, lastInMs }): Alarm[] => {
    const hours = lastInMs === undefined ? 0 : (nowMs - lastInMs) / 3_600_000;
    if (lastInMs === undefined || hours <= lateAfterHours) return [];
    const isKnown = tables.alarms.standing('late-store', name) !== undefined;
    if (!isKnown && lookedMs < lastInMs + lateAfterHours * 3_600_000) return [];
    const label = tables.sites.get(name)?.label ?? '';
    const store = label === '' ? `Store ${name}` : `Store ${name} (${label})`;
    return [
      {
        kind: 'late-store',
        key: name,
        subject: `${store} is late`,
        body: [
          `Nothing has come from ${store} for more than ${lateAfterHours} hours.`,
          'What to do: ask the store whether its computer is on and Branchline runs there; its own window tells what is wrong.',
        ].join('\n'),
      },
    ];
  });
}

/** How many of the last runs are looked at. */
const runsLookedAt = 50;

/** When the newest run began that saw what lies here for this site. */
function lastLookMs(tables: LedgerTables): number {
  const { lastLoginMs = Number.NEGATIVE_INFINITY } = tables.connection.get();
  const run = tables.transmissions.latest(runsLookedAt).find(({ mode, startedMs, result }) => {
    if (result === undefined || mode === 'export-only') return false;
    return result.error === undefined || (result.error.class === 'fix' && lastLoginMs >= startedMs);
  });
  return run?.startedMs ?? Number.NEGATIVE_INFINITY;
}
