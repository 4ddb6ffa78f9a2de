import { useState } from 'react';

interface Pages<Row> {
  readonly shown: readonly Row[];
  readonly page: number;
  readonly pages: number;
  /** Place of the first row shown in the whole, from 0. */
  readonly first: number;
  readonly setPage: (page: number) => void;
}

/** Cuts a long list into pages, so that a table draws no more rows than a person can look at. */
export function usePages<Row>(rows: readonly Row[], size: number): Pages<Row> {
  const [wanted, setPage] = useState(1);
  const pages = Math.max(1, Math.ceil(rows.length / size));
  // A list that became shorter must not leave the person on a page that is no more.
  const page = Math.min(wanted, pages);
  const first = (page - 1) * size;
  return { shown: rows.slice(first, first + size), page, pages, first, setPage };
}
