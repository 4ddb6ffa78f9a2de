import { closeSync, openSync, writeSync } from 'node:fs';

export const rateColumns = [
  'vehicle',
  'term',
  'mileage',
  'payment_profile',
  'rate',
  'initial_payment',
  'excess_mileage',
  'manufacturer',
  'model',
  'valid_until',
] as const;

const rowsPerBlock = 5000;
const profiles = ['monthly', 'quarterly', '3 in advance', '6 in advance', '9 in advance'];
const makers = ['Ford', 'Volkswagen', 'Škoda', 'Renault', 'BMW', 'Land Rover', 'Citroën'];

/** A rate book of that many rows, each a valid one: 120 rates for each vehicle. About 95 bytes a row. */
export function writeRateBook(path: string, rows: number): void {
  const file = openSync(path, 'w');
  writeSync(file, `${rateColumns.join(',')}\r\n`);
  for (let first = 0; first < rows; first += rowsPerBlock) {
    let block = '';
    for (let row = first; row < Math.min(rows, first + rowsPerBlock); row += 1) block += line(row);
    writeSync(file, block);
  }
  closeSync(file);
}

function line(row: number): string {
  const vehicle = Math.floor(row / 120);
  const values = [
    `VEH${String(vehicle).padStart(7, '0')}`,
    [24, 36, 48][row % 3],
    5000 * (Math.floor(row / 3) % 8),
    profiles[Math.floor(row / 24) % 5],
    (150 + ((row * 7919) % 90_000) / 100).toFixed(2),
    (450 + ((row * 104_729) % 500_000) / 100).toFixed(2),
    (((row * 31) % 40) / 100).toFixed(2),
    makers[vehicle % 7],
    `"Model ${vehicle % 977}, ${vehicle % 5} doors"`,
    '2027-03-31',
  ];
  return `${values.join(',')}\r\n`;
}
