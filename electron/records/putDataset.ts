import type { Dataset } from '../../shared/dataset.ts';
import { checkDataset } from './checkDataset.ts';
import type { DatasetsTable } from './datasetsTable.ts';
import type { EditionsTable } from './editionsTable.ts';
import { fix } from './recordsErrors.ts';

/** Adds a dataset or changes one that is not in use; within the caller's transaction. Errors: invalid-dataset, dataset-in-use (fix). */
export function putDataset(datasets: DatasetsTable, editions: EditionsTable, dataset: Dataset): void {
  checkDataset(dataset, (name) => datasets.all().find((one) => one.name === name));
  const known = datasets.get(dataset.name);
  if (known !== undefined && JSON.stringify(known) === JSON.stringify(dataset)) return;
  if (editions.isUsed(dataset.name)) {
    throw fix(
      'dataset-in-use',
      `The dataset ${dataset.name} has rows already, so its columns cannot be changed.`,
      'Add the new schema under another name, import into that one, and let the old one rest.',
    );
  }
  for (const { name, columns } of datasets.all()) {
    if (name === dataset.name) continue;
    const lost = columns.find(
      ({ reference }) =>
        reference?.dataset === dataset.name &&
        !dataset.columns.some((column) => column.name === reference.column),
    );
    if (lost === undefined) continue;
    throw fix(
      'dataset-in-use',
      `The column ${lost.name} of the dataset ${name} refers to a column of ${dataset.name} that the new schema does not have.`,
      `Keep the column ${lost.reference?.column ?? ''}.`,
    );
  }
  datasets.put(dataset);
}
