import type { CallInput } from '../../shared/contract/calls.ts';
import type { ContractClient } from '../../shared/contract/wire.ts';
import { downloadText } from '../parts/downloadText.ts';
import { notifyDone, notifyFailure } from '../parts/notify.ts';
import { useApp } from '../state/appStore.ts';
import { text } from '../text/en.ts';

/** Reads one page of transmissions into the store: those before `beforeMs`, newest first. */
export async function loadHistory(client: ContractClient, page: CallInput<'history.list'>): Promise<void> {
  const answer = await client.call('history.list', page);
  useApp.setState(({ history }) => ({
    history: answer.ok ? { rows: answer.value } : { ...history, error: answer.error },
  }));
}

/** Spreadsheet programs take a file for UTF-8 only when it begins with this mark. */
const byteOrderMark = '\uFEFF';

/** Saves transmissions as a CSV file: those of a span of time, or all. */
export async function exportHistory(
  client: ContractClient,
  span: CallInput<'history.csv'>,
  name: string,
): Promise<void> {
  const answer = await client.call('history.csv', span);
  if (!answer.ok) {
    notifyFailure(answer.error);
    return;
  }
  downloadText(text.history.csvName(name), 'text/csv;charset=utf-8', byteOrderMark + answer.value.csv);
  notifyDone(text.history.exported);
}
