import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { openLedger } from '../../electron/ledger/openLedger.ts';
import { systemClock } from '../../electron/platform/clock.ts';
import { temporaryFolder } from './ledgerFixture.ts';

/** Kills a committing process once it has said `count` numbers; returns the last number it said. */
async function killAfter(path: string, first: number, count: number): Promise<number> {
  const script = join(import.meta.dirname, 'commitForever.ts');
  const child = spawn(process.execPath, [script, path, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let said = 0;
  let last = first - 1;
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    said += 1;
    if (said === count) child.kill('SIGKILL');
  }
  await exited;
  return last;
}

it('a program killed amid its commits keeps every finished one whole and nothing of an unfinished one', async () => {
  const path = join(temporaryFolder(), 'ledger.db');
  let next = 1;
  for (const count of [1, 2, 5, 17, 60, 150, 3, 90]) {
    const said = await killAfter(path, next, count);
    const ledger = openLedger({ path, clock: systemClock });
    try {
      const kept = ledger.read(({ packets }) => packets.createdSince(0));
      // The one being committed when the signal came may have become durable before it could be said.
      expect(kept.length - said).toBeGreaterThanOrEqual(0);
      expect(kept.length - said).toBeLessThanOrEqual(1);
      ledger.read(({ packets, deliveries }) => {
        for (const { packetId } of kept) {
          expect(packets.files(packetId)).toHaveLength(20);
          expect(deliveries.ofPacket(packetId)).toHaveLength(1);
        }
        expect(packets.pendingSources()).toHaveLength(20 * kept.length);
      });
      next = kept.length + 1;
    } finally {
      ledger.close();
    }
  }
});
