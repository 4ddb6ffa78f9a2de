import type {
  Cell,
  ColumnName,
  Dataset,
  DatasetName,
  Parsing,
  RowIssue,
  SetName,
} from '../../shared/dataset.ts';

/**
 * Datasets in a SQLite file of their own beside the ledger. This file is the interface; the rest of the folder is
 * its SQLite form. Everything is synchronous, as in the ledger.
 *
 * Shape:   a dataset has one or several sets; a set has editions, of which one is published. Readers see the
 *          published one only.
 * Promise: a published edition is complete and does not change but by `add` (and never by an import): another one
 *          takes its place by one pointer in one transaction, so that a reader, in this process or another, sees
 *          the one or the other, never a mixture and never a gap. WAL, synchronous=FULL.
 * Units:   epoch milliseconds UTC.
 */
export interface Records {
  datasets(): Dataset[];
  dataset(name: DatasetName): Dataset | undefined;
  /** Adds a dataset, or changes the schema of one that has no editions yet. Errors: invalid-dataset, dataset-in-use (fix). */
  addDataset(dataset: Dataset): void;

  /** The sets of a dataset that have, or had, a published edition, by name. */
  sets(dataset: DatasetName): SetState[];
  /** Newest first: published, archived ones. */
  editions(dataset: DatasetName, set: SetName): Edition[];
  /**
   * Begins a new edition beside the published one. `header` names the columns of the rows to come, in their order.
   * What was staged and neither published nor discarded (the
   * program was killed) is swept when Records are opened. `parsing` says how numbers and dates are written.
   * A header's names are the columns' names or titles, whatever their case, blanks, "-" and "_"; columns that are
   * neither required nor part of the key may be missing.
   *
   * Errors: wrong-header (fix), naming what is missing, doubled or not known; unknown-dataset (fix); being-staged
   *         (busy) while another edition of the set is on its way.
   */
  stage(
    dataset: DatasetName,
    set: SetName,
    source: string,
    header: readonly string[],
    parsing?: Partial<Parsing>,
  ): Staging;
  /**
   * Publishes a staged or archived edition: one pointer, one transaction, the same time whatever its size. The one
   * before is archived; archived editions beyond `keep` (oldest first) are removed afterwards, in pieces that keep
   * no reader waiting. Undefined publishes nothing in this set from now on.
   *
   * Errors: edition-gone (fix).
   */
  publish(dataset: DatasetName, set: SetName, editionId: string | undefined, keep: number): void;
  /** What publishing one edition in place of another changes, by the dataset's key, with samples. */
  difference(from: string | undefined, to: string, samples: number): Difference;

  /** Rows of the published edition (or a named one). */
  rows(query: RowQuery): RowPage;
  /**
   * The next rows of one edition in file order, behind a row's number: pages through any number of rows, with a
   * filter, too. At most `limit` rows, and no more than a few megabytes where values are long.
   */
  after(query: RowsAfter): { readonly rows: readonly Row[]; readonly isLast: boolean };
  /** All matching rows in file order, streamed; a consistent view for as long as it is read. */
  each(query: Omit<RowQuery, 'offset' | 'limit' | 'sort'>): Iterable<Row>;
  /** The rows whose column has this value, compared as people write it (case and outer blanks do not count). At most `limit`. */
  find(dataset: DatasetName, column: ColumnName, value: string, limit: number): Row[];
  /**
   * Adds a row to the published edition of a set, or replaces the one with its key; makes an edition where there
   * is none. Durable when it returns. Answers with the issues; with an error among them nothing was written.
   */
  add(dataset: DatasetName, set: SetName, values: Readonly<Record<string, string>>): RowIssue[];
  close(): void;
}

export interface SetState {
  readonly set: SetName;
  readonly published: Edition | undefined;
}

export interface Edition {
  /** UUIDv7. */
  readonly editionId: string;
  readonly dataset: DatasetName;
  readonly set: SetName;
  readonly state: 'published' | 'archived';
  readonly rows: number;
  /** Where it came from, for people: a file's name. */
  readonly source: string;
  readonly madeMs: number;
  readonly publishedMs: number | undefined;
}

/** An edition on its way. One at a time for each set. */
export interface Staging {
  readonly editionId: string;
  /**
   * Takes one row as written: a text for each column of `header`, in its order. Rows with an error are kept out.
   * Duplicate keys and unique values within the edition are errors of the later row, at its line.
   */
  add(line: number, texts: readonly string[]): readonly RowIssue[];
  readonly rows: number;
  /** All rows are in: durable, counted, indexed, and ready to be published or compared. */
  finish(): void;
  /** Removes it, in pieces that keep no reader waiting. */
  discard(): void;
}

export interface Difference {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly samples: readonly {
    readonly kind: 'added' | 'changed' | 'removed';
    readonly before: Row | undefined;
    readonly after: Row | undefined;
  }[];
}

export interface Row {
  readonly set: SetName;
  /** Within its edition, from 1, in file order. */
  readonly number: number;
  /**
   * When it was last added or changed by itself, later than every such change of its edition before it, also when the
   * clock is set back; otherwise when its edition was published.
   */
  readonly changedMs: number;
  readonly values: Readonly<Record<string, Cell>>;
}

export interface RowQuery {
  readonly dataset: DatasetName;
  /** All sets' published editions where undefined. */
  readonly set?: SetName | undefined;
  readonly editionId?: string | undefined;
  /** Rows in which any text column contains this. */
  readonly search?: string | undefined;
  readonly filters?: readonly RowFilter[] | undefined;
  /** Rows added or changed after this. */
  readonly changedAfterMs?: number | undefined;
  readonly sort?: { readonly column: ColumnName; readonly descending: boolean } | undefined;
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
}

export interface RowsAfter extends Pick<RowQuery, 'dataset' | 'search' | 'filters' | 'changedAfterMs'> {
  readonly editionId: string;
  /** 0 for the first rows. */
  readonly number: number;
  readonly limit: number;
}

export interface RowFilter {
  readonly column: ColumnName;
  readonly operator: 'is' | 'is-not' | 'contains' | 'at-least' | 'at-most' | 'empty' | 'not-empty';
  readonly value: string;
}

export interface RowPage {
  readonly rows: readonly Row[];
  readonly total: number;
}
