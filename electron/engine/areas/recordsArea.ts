import type { recordsCalls } from '../../../shared/contract/recordsCalls.ts';
import { ExchangeError } from '../../../shared/errors.ts';
import type { Records } from '../../records/records.ts';
import type { Area, AreaParts } from './area.ts';

/** Datasets; the other areas read and write them by `open`. */
export interface RecordsArea extends Area<keyof typeof recordsCalls> {
  /** Opened when first needed, and closed with the engine. */
  open(): Records;
}

export function createRecordsArea(_parts: AreaParts): RecordsArea {
  return {
    handlers: {},
    open() {
      throw new ExchangeError({ code: 'not-built', class: 'fix', message: 'Datasets are not there yet.' });
    },
  };
}
