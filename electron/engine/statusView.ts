import type { Settings } from '../../shared/settings.ts';
import type { StatusView, StreamRow } from '../../shared/views.ts';
import type { Ledger, LedgerTables } from '../ledger/ledger.ts';
import { officeMet } from '../transmission/office/officeMet.ts';
import { connectionView } from './areas/alerts/connectionView.ts';
import { nameOf } from './siteOf.ts';

/** How a site stands, before it is set up. */
export const unconfiguredStatus: StatusView = {
  configured: false,
  site: undefined,
  office: undefined,
  server: undefined,
  lastTransmission: undefined,
  queue: { queued: 0, published: 0, skipped: 0, bytes: 0 },
  waitingFiles: 0,
  stores: [],
  streams: [],
  attention: ['This site is not set up yet. Begin with: branchline init'],
};

/** Failures that the state of the connection tells of already. */
const toldElsewhere: readonly string[] = ['suspended', 'login-held', 'ftp-disabled'];

/** How a site stands. Local only: the server is not asked. */
export function statusView(
  settings: Settings,
  ledger: Ledger,
  server: string,
  waitingFiles: number,
  nowMs: number,
): StatusView {
  const { site } = settings;
  const officeId = site.role === 'central' ? site.officeId : officeMet(ledger);
  return ledger.read((tables) => {
    const streams = streamRows(tables);
    const skipped = tables.deliveries.inState('skipped');
    const queued = tables.deliveries.inState('queued');
    const bytes = [...skipped, ...queued].reduce(
      (sum, delivery) => sum + (tables.packets.get(delivery.packetId)?.sizeBytes ?? 0),
      0,
    );
    const lastTransmission = tables.transmissions.latest(1)[0];
    return {
      configured: true,
      site: { role: site.role, name: nameOf(settings), label: site.name, guid: site.guid },
      office: officeId === undefined ? undefined : { officeId },
      server,
      lastTransmission,
      queue: {
        queued: queued.length,
        published: tables.deliveries.inState('published').length,
        skipped: skipped.length,
        bytes,
      },
      waitingFiles,
      stores: storeRows(tables),
      streams,
      connection: connectionView(tables.connection.get(), settings, nowMs),
      alerts: {
        standing: tables.alarms.allStanding().length,
        unsentMail: tables.mails.unsent().length,
      },
      attention: [
        ...skipped.map(
          (delivery) =>
            `Packet ${tables.packets.get(delivery.packetId)?.fileName ?? delivery.packetId} was skipped: ${delivery.lastError?.message ?? 'set aside by a person'} (branchline queue retry ${delivery.id})`,
        ),
        ...streams
          .filter((stream) => stream.missing.length > 0)
          .map((stream) => `Packets from ${stream.with} are missing and were asked for again.`),
        ...(lastTransmission?.result?.error === undefined ||
        toldElsewhere.includes(lastTransmission.result.error.code)
          ? []
          : [`The last transmission failed: ${lastTransmission.result.error.message}`]),
        ...(lastTransmission?.result?.attention ?? []).map((item) => item.text),
      ],
    };
  });
}

function streamRows(tables: LedgerTables): StreamRow[] {
  return [
    ...tables.outStreams.all().map(
      (stream): StreamRow => ({
        direction: 'out',
        with: stream.to,
        streamId: stream.streamId,
        through: stream.nextSequence - 1,
        missing: [],
      }),
    ),
    ...tables.inStreams.all().map(
      (stream): StreamRow => ({
        direction: 'in',
        with: stream.to === 'all' ? 'all' : stream.from,
        streamId: stream.streamId,
        through: stream.appliedThrough,
        missing: stream.missing,
      }),
    ),
  ];
}

function storeRows(tables: LedgerTables): StatusView['stores'] {
  const awaiting = new Map<string, number>();
  for (const delivery of tables.deliveries.inState('queued', 'published', 'skipped')) {
    for (const site of tables.answers.awaiting(delivery.packetId)) {
      awaiting.set(site, (awaiting.get(site) ?? 0) + 1);
    }
  }
  return tables.sites
    .all()
    .filter((site) => site.name !== 'central')
    .map((site) => ({
      name: site.name,
      label: site.label,
      lastReceiptMs: site.lastReceiptMs,
      awaiting: awaiting.get(site.name) ?? 0,
    }));
}
