import type { recordsCalls } from '../../../shared/contract/recordsCalls.ts';
import { type Dataset, type DatasetName, setNameSchema } from '../../../shared/dataset.ts';
import { ExchangeError } from '../../../shared/errors.ts';
import { dataPaths } from '../../platform/paths.ts';
import { openRecords } from '../../records/openRecords.ts';
import type { Records } from '../../records/records.ts';
import type { Area, AreaParts } from './area.ts';
import { csvPiece } from './records/csvPiece.ts';
import { datasetView, differenceView, editionView, rowView } from './records/datasetViews.ts';

/** Datasets; the other areas read and write them by `open`. */
export interface RecordsArea extends Area<keyof typeof recordsCalls> {
  /** Opened when first needed, and closed with the engine. */
  open(): Records;
}

/** The set of a dataset that has one only. */
const onlySet = setNameSchema.parse('default');

export function createRecordsArea(parts: AreaParts): RecordsArea {
  const { clock, random } = parts;
  let opened: Records | undefined;
  const open = (): Records => {
    opened ??= openRecords({ path: dataPaths(parts.dataDir).records, clock, random });
    return opened;
  };
  return {
    handlers: {
      'records.datasets': () => {
        const records = open();
        return records.datasets().map((dataset) => datasetView(records, dataset));
      },
      'records.show': ({ dataset }) => datasetView(open(), known(open(), dataset)),
      'records.addDataset': ({ schema }) => {
        const added = open().dataset(schema.name) === undefined;
        open().addDataset(schema);
        parts.changed('records');
        return { added };
      },
      'records.editions': ({ dataset, set }) => {
        known(open(), dataset);
        return open().editions(dataset, set).map(editionView);
      },
      'records.rows': (query) => {
        const { rows, total } = open().rows(query);
        return { rows: rows.map(rowView), total };
      },
      'records.difference': ({ from, to, samples }) => differenceView(open().difference(from, to, samples)),
      'records.csv': ({ at, ...query }) => csvPiece(open(), known(open(), query.dataset), { ...query, at }),
      'records.add': ({ dataset, set = onlySet, values }) => {
        const issues = open().add(dataset, set, values);
        if (issues.every(({ severity }) => severity !== 'error')) parts.changed('records');
        return { issues };
      },
    },
    open,
    close: () => opened?.close(),
  };
}

function known(records: Records, name: DatasetName): Dataset {
  const found = records.dataset(name);
  if (found !== undefined) return found;
  throw new ExchangeError({
    code: 'unknown-dataset',
    class: 'fix',
    message: `There is no dataset ${name}.`,
    advice: `There are: ${records
      .datasets()
      .map((dataset) => dataset.name)
      .join(', ')}.`,
  });
}
