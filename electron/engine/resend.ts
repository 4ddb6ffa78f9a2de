import { ExchangeError } from '../../shared/errors.ts';
import { addresseeSchema } from '../../shared/sites.ts';
import type { Ledger, LedgerTables, PacketRow } from '../ledger/ledger.ts';
import { type ResendOutcome, resendPackets } from '../transmission/publish/resendPackets.ts';
import type { ResendRequest } from './engine.ts';

/**
 * Queues packets again: one, those of a stream, or everything since a time.
 *
 * Errors: unknown-packet, unknown-addressee (fix).
 */
export function resend(ledger: Ledger, request: ResendRequest): ResendOutcome {
  return resendPackets(ledger, (tables) => choose(tables, request));
}

function choose(tables: LedgerTables, request: ResendRequest): PacketRow[] {
  if (request.kind === 'packet') return [onePacket(tables, request.packet)];
  const to = request.to === undefined ? undefined : addressee(request.to);
  const sinceMs = request.kind === 'since' ? request.sinceMs : 0;
  return tables.packets.createdSince(sinceMs, to);
}

/** By packet id, or by file name as the queue and the history show it. */
function onePacket(tables: LedgerTables, text: string): PacketRow {
  const packet = tables.packets.get(text) ?? tables.packets.byFileName(text);
  if (packet !== undefined) return packet;
  throw new ExchangeError({
    code: 'unknown-packet',
    class: 'fix',
    message: `This site has sent no packet "${text}".`,
    advice: 'Give the file name or id as shown by: branchline queue, or branchline history show',
  });
}

function addressee(text: string) {
  const parsed = addresseeSchema.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new ExchangeError({
    code: 'unknown-addressee',
    class: 'fix',
    message: `"${text}" is no addressee.`,
    advice: 'Give central, all, or a store number.',
  });
}
