import type { ColumnName, Dataset } from '../../shared/dataset.ts';
import type { DropFolderSettings } from '../../shared/dropFolderSettings.ts';
import { ExchangeError } from '../../shared/errors.ts';
import type { Records, Row } from '../records/records.ts';
import type { FoundCustomer, UnidentifiedReason } from './customerFiles.ts';

export type Identity = FoundCustomer | Exclude<UnidentifiedReason, 'no-key' | 'found'>;

/** Finds the customer that a key belongs to; a word says why there is none. */
export function identify(records: Records, folder: DropFolderSettings, key: string): Identity {
  const [first, ...others] = records.find(folder.dataset, folder.column, key, 2);
  if (first === undefined) return 'no-match';
  if (others.length > 0) return 'several';
  const dataset = records.dataset(folder.dataset);
  return dataset === undefined ? 'no-match' : (customerOf(dataset, folder, first) ?? 'no-id');
}

/** The customer of a known key: when a person says whom a file belongs to. */
export function findCustomer(
  records: Records,
  folder: DropFolderSettings,
  customer: string,
): FoundCustomer | undefined {
  const dataset = records.dataset(folder.dataset);
  if (dataset === undefined) return undefined;
  const [row, ...others] = records.find(folder.dataset, identityColumn(dataset, folder), customer, 2);
  return row === undefined || others.length > 0 ? undefined : customerOf(dataset, folder, row);
}

/** A row as a customer; undefined where the value that tells it from others is empty. */
export function customerOf(
  dataset: Dataset,
  folder: DropFolderSettings,
  row: Row,
): FoundCustomer | undefined {
  const value = (column: ColumnName | undefined) =>
    column === undefined ? '' : String(row.values[column] ?? '').trim();
  const customer = value(identityColumn(dataset, folder));
  if (customer === '') return undefined;
  const number = value(folder.column);
  const store = value(folder.storeColumn);
  return {
    dataset: dataset.name,
    customer,
    label: value(labelColumn(dataset, folder)) || number || customer,
    number,
    store: store === '' ? undefined : store,
  };
}

/** What tells customers apart: the dataset's key, where it is one column, or the column of the file names. */
function identityColumn(dataset: Dataset, folder: DropFolderSettings): ColumnName {
  const [first, ...others] = dataset.key;
  return first !== undefined && others.length === 0 ? first : folder.column;
}

/** The column that people know a customer by: `name`, or the first text that is not a number of it. */
export function labelColumn(dataset: Dataset, folder: DropFolderSettings): ColumnName | undefined {
  const identity = identityColumn(dataset, folder);
  const named = dataset.columns.find((column) => column.name === 'name');
  const texts = dataset.columns.filter(
    ({ name, type }) => type === 'text' && name !== identity && name !== folder.column,
  );
  return (named ?? texts[0])?.name;
}

/**
 * Says in plain words why a drop folder's files cannot be matched at all now; undefined when they can.
 *
 * Every file would be taken for unidentified while the customers are not there yet.
 */
export function whyNotMatchable(records: Records, folder: DropFolderSettings): string | undefined {
  let dataset: Dataset | undefined;
  try {
    dataset = records.dataset(folder.dataset);
  } catch (error) {
    if (error instanceof ExchangeError && error.class === 'fix') return error.message;
    throw error;
  }
  if (dataset === undefined) return `There is no dataset "${folder.dataset}".`;
  for (const column of [folder.column, folder.storeColumn]) {
    if (column !== undefined && !dataset.columns.some(({ name }) => name === column))
      return `The dataset "${folder.dataset}" has no column "${column}".`;
  }
  const rows = records.sets(folder.dataset).reduce((sum, { published }) => sum + (published?.rows ?? 0), 0);
  return rows === 0 ? `The dataset "${folder.dataset}" has no rows yet.` : undefined;
}
