import type { QueueRow } from '../../../shared/views.ts';
import type { QueueGroup } from './queueGroups.ts';

/** The groups of which a page shows rows, each with those rows. A group that the page cuts keeps its heading. */
export function pageGroups(
  groups: readonly QueueGroup[],
  shown: readonly QueueRow[],
): (QueueGroup & { readonly shown: readonly QueueRow[] })[] {
  const onPage = new Set(shown);
  return groups
    .map((group) => ({ ...group, shown: group.rows.filter((row) => onPage.has(row)) }))
    .filter((group) => group.shown.length > 0);
}
