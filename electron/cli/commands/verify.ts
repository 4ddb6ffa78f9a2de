import type { Command } from 'commander';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { done, failing } from '../answer.ts';
import { describePacket } from '../output/describePacket.ts';
import { safeText } from '../output/safeText.ts';
import { packetFile } from '../packetFile.ts';

export function addVerify(program: Command, act: Act): void {
  const command = program
    .command('verify <file>')
    .summary('check that a packet file is whole')
    .description('Checks that a packet file is whole and what it says of itself. Needs no set-up.')
    .action((file: string) =>
      act(async (context) => {
        const report = await context.parts.packetTools.verify(packetFile(file));
        const details = report.header === undefined ? [] : describePacket(report.header);
        if (report.ok) return done(report, ['The packet is whole: every hash agrees.', ...details]);
        const advice = 'Do not use it. Ask the sender for it again: branchline resend, there.';
        const error = { code: report.code, class: 'fix', message: report.message, advice } as const;
        return failing(error, report, [
          `The packet is NOT good: ${safeText(report.message)}`,
          ...details,
          `What to do: ${advice}`,
        ]);
      }),
    );
  addExamples(command, ['branchline verify 0012-central-00000042-k3f9q2m7.tar.zst']);
}
