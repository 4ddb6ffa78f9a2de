import type { Cell } from '../../../../shared/dataset.ts';
import type { ExportSettings } from '../../../../shared/exportsSettings.ts';
import { columnsOf } from '../../../exports/runExport.ts';
import type { Records } from '../../../records/records.ts';

/** The first rows that match an export, as its file would have them. Errors: no-dataset, no-column (fix). */
export function previewExport(
  records: Records,
  settings: ExportSettings,
  limit: number,
): { columns: string[]; rows: Cell[][]; total: number } {
  const columns = columnsOf(records, settings);
  const { dataset, set, filters } = settings;
  const page = records.rows({ dataset, set, filters, limit });
  return {
    columns,
    rows: page.rows.map(({ values }) => columns.map((column) => values[column] ?? null)),
    total: page.total,
  };
}
