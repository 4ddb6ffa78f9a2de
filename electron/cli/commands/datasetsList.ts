import type { DatasetView } from '../../../shared/contract/recordsCalls.ts';
import { datasetNameSchema } from '../../../shared/dataset.ts';
import { type Answer, listing } from '../answer.ts';
import type { Context } from '../context.ts';
import { describeColumn } from '../output/describeColumn.ts';
import { formatCount, formatTime } from '../output/formatAmounts.ts';
import { formatTable } from '../output/formatTable.ts';
import { usageError } from '../usageError.ts';

export function listDatasets(context: Context): Promise<Answer> {
  return context.withEngine(async (engine) => {
    const datasets = await engine.ask('records.datasets', {});
    const rows = datasets.map(({ schema, sets }) => {
      const published = sets.flatMap((set) => (set.published === undefined ? [] : [set.published]));
      const last = Math.max(0, ...published.map(({ publishedMs = 0 }) => publishedMs));
      return [
        schema.name,
        schema.title,
        String(schema.columns.length),
        String(published.length),
        String(published.reduce((sum, edition) => sum + edition.rows, 0)),
        last === 0 ? '–' : formatTime(last),
      ];
    });
    return listing(
      datasets,
      formatTable(['Dataset', 'Title', 'Columns', 'Sets', 'Rows', 'Last published'], rows, [2, 3, 4]),
    );
  });
}

export function showDataset(context: Context, typed: string): Promise<Answer> {
  return context.withEngine(async (engine) => {
    const dataset = readDatasetName(typed);
    const view = await engine.ask('records.show', { dataset });
    const editions = await Promise.all(
      view.sets.map(({ set }) => engine.ask('records.editions', { dataset, set })),
    );
    return listing({ ...view, editions: editions.flat() }, [
      `${view.schema.name}${view.schema.title === '' ? '' : `: ${view.schema.title}`}`,
      '',
      ...columnLines(view),
      '',
      ...(editions.flat().length === 0
        ? ['Nothing is published yet.']
        : formatTable(
            ['Set', 'Edition', 'State', 'Rows', 'From', 'Published'],
            editions
              .flat()
              .map((edition) => [
                edition.set,
                edition.editionId,
                edition.state,
                String(edition.rows),
                edition.source,
                edition.publishedMs === undefined ? '–' : formatTime(edition.publishedMs),
              ]),
            [3],
          )),
    ]);
  });
}

function columnLines({ schema }: DatasetView): string[] {
  const key = schema.key.length === 0 ? 'no key' : `key: ${schema.key.join(', ')}`;
  return [
    `${formatCount(schema.columns.length, 'column', 'columns')}, ${key}`,
    ...formatTable(
      ['Column', 'Type', 'Title', 'What is asked of it'],
      schema.columns.map((column) => [
        column.name,
        column.type,
        column.title,
        describeColumn(column, schema.key.includes(column.name)),
      ]),
    ),
  ];
}

/** Errors: usage. */
export function readDatasetName(typed: string) {
  const name = datasetNameSchema.safeParse(typed);
  if (name.success) return name.data;
  throw usageError(
    `${JSON.stringify(typed)} is no name of a dataset.`,
    'The names stand in the first column of: branchline datasets list',
  );
}
