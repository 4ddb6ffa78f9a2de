import type { DatabaseSync } from 'node:sqlite';
import { integer, oneOrNone, type Row, text } from '../platform/sqlite/sqliteRow.ts';
import { statement } from '../platform/sqlite/statement.ts';
import type { CustomerRef, CustomerRow, FoundCustomer } from './customerFiles.ts';
import { fold } from './storedName.ts';

function readCustomer(row: Row): CustomerRow {
  return {
    dataset: text(row, 'dataset'),
    customer: text(row, 'customer'),
    label: text(row, 'label'),
    number: text(row, 'number'),
    files: integer(row, 'files'),
    lastMs: integer(row, 'last_ms'),
  };
}

const found = `(:search = '' OR instr(search, :search) > 0 OR EXISTS (
  SELECT 1 FROM attachments WHERE attachments.dataset = customers.dataset
    AND attachments.customer = customers.customer AND state = 'attached' AND instr(name_key, :search) > 0))`;

/** Customers that have, or had, a file attached. */
export function createCustomersTable(db: DatabaseSync) {
  const put = statement(
    db,
    `INSERT INTO customers (dataset, customer, label, number, search, files, last_ms)
     VALUES (:dataset, :customer, :label, :number, :search, 0, :lastMs)
     ON CONFLICT (dataset, customer) DO UPDATE SET label = excluded.label, number = excluded.number,
       search = excluded.search, last_ms = excluded.last_ms`,
  );
  const count = statement(
    db,
    `UPDATE customers SET files = (SELECT COUNT(DISTINCT name_key) FROM attachments
       WHERE attachments.dataset = customers.dataset AND attachments.customer = customers.customer
         AND state = 'attached')
     WHERE dataset = :dataset AND customer = :customer`,
  );
  const page = statement(
    db,
    `SELECT * FROM customers WHERE files > 0 AND ${found}
     ORDER BY last_ms DESC, dataset, customer LIMIT :limit OFFSET :offset`,
  );
  const total = statement(db, `SELECT COUNT(*) AS total FROM customers WHERE files > 0 AND ${found}`);
  const get = statement(db, 'SELECT * FROM customers WHERE dataset = :dataset AND customer = :customer');
  return {
    /** Notes that a file was attached now. */
    attached({ dataset, customer, label, number }: FoundCustomer, lastMs: number): void {
      const search = fold([label, number, customer].join('\n'));
      put.run({ dataset, customer, label, number, search, lastMs });
      count.run({ dataset, customer });
    },
    page: (search: string, offset: number, limit: number) =>
      page.all({ search: fold(search), offset, limit }).map(readCustomer),
    total: (search: string) => integer(total.one({ search: fold(search) }) ?? {}, 'total'),
    get: ({ dataset, customer }: CustomerRef) => oneOrNone(get.one({ dataset, customer }), readCustomer),
  };
}
