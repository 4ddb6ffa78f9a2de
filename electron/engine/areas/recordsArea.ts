import type { recordsCalls } from '../../../shared/contract/recordsCalls.ts';
import { dataPaths } from '../../platform/paths.ts';
import { openRecords } from '../../records/openRecords.ts';
import type { Records } from '../../records/records.ts';
import type { Area, AreaParts } from './area.ts';

/** Datasets; the other areas read and write them by `open`. */
export interface RecordsArea extends Area<keyof typeof recordsCalls> {
  /** Opened when first needed, and closed with the engine. */
  open(): Records;
}

export function createRecordsArea(parts: AreaParts): RecordsArea {
  const { clock, random } = parts;
  let opened: Records | undefined;
  return {
    handlers: {},
    open() {
      opened ??= openRecords({ path: dataPaths(parts.dataDir).records, clock, random });
      return opened;
    },
    close: () => opened?.close(),
  };
}
