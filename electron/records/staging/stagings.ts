import type { Column, Dataset, Parsing, SetName } from '../../../shared/dataset.ts';
import { ExchangeError } from '../../../shared/errors.ts';
import { uuidV7 } from '../../platform/random.ts';
import type { EditionsTable } from '../editionsTable.ts';
import type { Staging } from '../records.ts';
import type { RecordsDb } from '../recordsDb.ts';
import { createRowTable } from '../rowTable.ts';
import type { Sweeper } from '../sweeper.ts';
import type { Stored } from '../values/columnReader.ts';
import { matchHeader } from '../values/matchHeader.ts';
import { rowReader } from '../values/rowReader.ts';
import { createStaging } from './createStaging.ts';

export interface StagingRequest {
  readonly dataset: Dataset;
  readonly set: SetName;
  readonly source: string;
  readonly header: readonly string[];
  readonly parsing: Parsing;
}

export interface StagingsParts {
  readonly records: RecordsDb;
  readonly editions: EditionsTable;
  readonly isKnown: (column: Column) => ((value: Stored) => boolean) | undefined;
  readonly sweeper: Sweeper;
}

/** The editions on their way, one for each set. */
export function createStagings({ records, editions, isKnown, sweeper }: StagingsParts): {
  begin(request: StagingRequest): Staging;
} {
  const open = new Set<string>();
  return {
    begin({ dataset, set, source, header, parsing }) {
      const columns = matchHeader(dataset, header);
      const name = `${dataset.name}/${set}`;
      if (open.has(name)) throw beingStaged(name);
      const editionId = uuidV7(records.random, records.clock);
      const number = records.write(() => {
        const made = editions.insert({
          editionId,
          dataset: dataset.name,
          set,
          source: source.slice(0, 1000),
          madeMs: records.clock.now(),
        });
        createRowTable(records.db, made, dataset);
        return made;
      });
      open.add(name);
      return createStaging({
        records,
        editions,
        dataset,
        number,
        editionId,
        reader: rowReader({ dataset, columns, parsing, isKnown }),
        onEnd: () => open.delete(name),
        onDiscard: () => sweeper.start(),
      });
    },
  };
}

function beingStaged(name: string): ExchangeError {
  return new ExchangeError({
    code: 'being-staged',
    class: 'busy',
    message: `An edition of ${name} is on its way already.`,
    advice: 'Wait until it is published or discarded, then try again.',
  });
}
