import { writeSync } from 'node:fs';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { packet, packetFile } from './ledgerRows.ts';

const [path = '', first = '1'] = process.argv.slice(2);
const ledger = openLedger({ path, clock: systemClock });

// Says each number only once its commit has returned: what was said must be there after a kill.
for (let sequence = Number(first); ; sequence += 1) {
  ledger.commit('crash test', ({ packets, deliveries }) => {
    const row = packet({ sequence });
    packets.insert(row);
    packets.addFiles(
      row.packetId,
      Array.from({ length: 20 }, (_, index) => packetFile(`${index}`)),
    );
    deliveries.add({ packetId: row.packetId, folder: 'central', addressee: 'central' });
  });
  writeSync(1, `${sequence}\n`);
}
