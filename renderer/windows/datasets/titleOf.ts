import type { DatasetView } from '../../../shared/contract/recordsCalls.ts';

/** A dataset's name for people. */
export function titleOf({ schema }: Pick<DatasetView, 'schema'>): string {
  return schema.title === '' ? schema.name : schema.title;
}

/** A column's name for people. */
export function columnTitle({ title, name }: DatasetView['schema']['columns'][number]): string {
  return title === '' ? name : title;
}
