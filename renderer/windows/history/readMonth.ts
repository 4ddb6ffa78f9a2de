import type { HistoryDay } from '../../../shared/contract/rows.ts';
import type { Answer, ContractClient } from '../../../shared/contract/wire.ts';
import { mergeDays, offsetSpans } from './calendarMonth.ts';

/** A month's days with transmissions, by day. */
export async function readMonth(
  client: ContractClient,
  month: string,
): Promise<Answer<ReadonlyMap<string, HistoryDay>>> {
  const days: HistoryDay[] = [];
  for (const span of offsetSpans(month)) {
    const answer = await client.call('history.days', span);
    if (!answer.ok) return answer;
    days.push(...answer.value);
  }
  return { ok: true, value: mergeDays(days) };
}
