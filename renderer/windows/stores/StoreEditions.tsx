import { Text } from '@mantine/core';
import type { StoreRow } from '../../../shared/contract/rows.ts';
import { text } from '../../text/en.ts';
import { setsBehind } from './storeRows.ts';

/** Whether a store has its sets as they are published; which ones not, in words. */
export function StoreEditions({ editions }: { readonly editions: StoreRow['editions'] }) {
  const words = text.stores;
  if (editions.length === 0) return <Text c="dimmed">{words.noEditions}</Text>;
  const behind = setsBehind(editions);
  if (behind === 0) return <Text>{words.editionsCurrent(editions.length)}</Text>;
  const which = editions
    .filter(({ state }) => state !== 'current')
    .map(({ name, state }) => `${name}: ${words.editionStates[state]}`)
    .join(', ');
  return (
    <>
      <Text fw={650}>{words.editionsBehind(behind, editions.length)}</Text>
      <Text size="sm" c="dimmed" lineClamp={2} title={which}>
        {which}
      </Text>
    </>
  );
}
