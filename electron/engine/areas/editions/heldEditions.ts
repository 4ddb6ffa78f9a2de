import { setKey } from '../../../../shared/setManifest.ts';
import type { Edition, Records } from '../../../records/records.ts';

/** What a store has of a set, as the central site calls it. */
export interface HeldEdition {
  readonly edition: string;
  readonly issue: number;
}

const pattern = /^Edition (\S+) from the central site \(issue (\d+)\)$/;

/**
 * Where a store's edition came from, as people read it and as it is read back: with the rows in one place, so that
 * the pointer that publishes them says in the same transaction which edition this is.
 */
export function sourceOf({ edition, issue }: HeldEdition): string {
  return `Edition ${edition} from the central site (issue ${issue})`;
}

export function heldEdition(published: Edition | undefined): HeldEdition | undefined {
  const match = pattern.exec(published?.source ?? '');
  return match?.[1] === undefined ? undefined : { edition: match[1], issue: Number(match[2]) };
}

/** The edition of every set that came from the central site, by `dataset/set`: what receipts say. */
export function heldEditions(records: Records): Record<string, string> {
  const held: Record<string, string> = {};
  for (const { name } of records.datasets()) {
    for (const { set, published } of records.sets(name)) {
      const edition = heldEdition(published)?.edition;
      if (edition !== undefined) held[setKey(name, set)] = edition;
    }
  }
  return held;
}
