import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { ContractClient } from '../../../shared/contract/wire.ts';
import { undoImport } from '../../actions/imports.ts';
import { formatTime } from '../../parts/formatTime.ts';
import { notifyFailure } from '../../parts/notify.ts';
import { text } from '../../text/en.ts';

/** Says which edition is published again before it is done. */
export async function askToUndo(
  client: ContractClient,
  channel: string,
  { set, published }: { readonly set: string; readonly published?: { readonly madeMs: number } | undefined },
): Promise<void> {
  const words = text.imports;
  const answer = await client.call('imports.editions', { channel, set });
  if (!answer.ok) {
    notifyFailure(answer.error);
    return;
  }
  const before = answer.value
    .filter(
      ({ state, madeMs }) => state === 'archived' && madeMs < (published?.madeMs ?? Number.MAX_SAFE_INTEGER),
    )
    .sort((a, b) => b.madeMs - a.madeMs)[0];
  if (before === undefined) {
    notifyFailure({ code: 'no-earlier-edition', class: 'fix', message: words.undoNone, advice: '' });
    return;
  }
  const { editionId, rows, source, madeMs } = before;
  modals.openConfirmModal({
    title: words.undoTitle(set === 'default' ? channel : `${channel}, ${set}`),
    children: <Text size="sm">{words.undoBody(words.rows(rows), source, formatTime(madeMs))}</Text>,
    labels: { confirm: words.undoConfirm, cancel: text.common.cancel },
    cancelProps: { 'data-autofocus': true },
    onConfirm: () => void undoImport(client, { channel, set, editionId }),
  });
}
