import type { Command } from 'commander';
import { addresseeSchema } from '../../../shared/sites.ts';
import type { ResendRequest } from '../../engine/engine.ts';
import { parseLocalTime } from '../../engine/localMachine.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { done, failing } from '../answer.ts';
import { formatCount } from '../output/formatAmounts.ts';
import { safeText } from '../output/safeText.ts';
import { requireSettings } from '../settings/requireSettings.ts';
import { usageError } from '../usageError.ts';

interface ResendOptions {
  readonly to?: string;
  readonly since?: string;
}

function readAddressee(text: string): string {
  const result = addresseeSchema.safeParse(text);
  if (result.success) return result.data;
  throw usageError(
    `--to ${JSON.stringify(text)} is not an addressee.`,
    'It is central, all, or a store number, for example: --to 0012',
  );
}

function readRequest(packet: string | undefined, options: ResendOptions, nowMs: number): ResendRequest {
  const to = options.to === undefined ? {} : { to: readAddressee(options.to) };
  if (packet !== undefined) {
    if (options.to !== undefined || options.since !== undefined) {
      throw usageError(
        'A packet was named, so --to and --since say nothing.',
        'Name a packet, or use the options.',
      );
    }
    if (packet.trim() === '') throw usageError('The packet name is empty.', 'See: branchline history show');
    return { kind: 'packet', packet };
  }
  if (options.since !== undefined) {
    const sinceMs = parseLocalTime(options.since);
    if (sinceMs === undefined) {
      throw usageError(
        `--since ${JSON.stringify(options.since)} is not a date.`,
        'Write it like 2026-11-20 or "2026-11-20 14:30".',
      );
    }
    if (sinceMs > nowMs)
      throw usageError(`--since ${options.since} is in the future.`, 'Name a day that has begun.');
    return { kind: 'since', sinceMs, ...to };
  }
  if (to.to !== undefined) return { kind: 'stream', to: to.to };
  throw usageError(
    'Say which packets to send again.',
    'Name a packet, or use --since DATE, --to SITE, or both. See: branchline resend --help',
  );
}

export function addResend(program: Command, act: Act): void {
  const command = program
    .command('resend [packet]')
    .summary('send packets again from the backup folder')
    .description(
      'Queues packets again from the backup folder: one by name or id, everything to a site, or everything since a date. Who has them already answers "duplicate".',
    )
    .option('--to <site>', 'central, all, or a store number')
    .option('--since <date>', 'everything made since then, on this machine’s time')
    .action((packet: string | undefined, options: ResendOptions) =>
      act((context) => {
        const request = readRequest(packet, options, context.parts.clock.now());
        return context.withEngine(async (engine) => {
          requireSettings(engine);
          const result = await engine.resend(request);
          const gone = result.unavailable.length;
          const lines = [
            result.queued === 0
              ? 'No packet was queued again.'
              : `${formatCount(result.queued, 'packet')} queued again. The next transmission sends ${result.queued === 1 ? 'it' : 'them'}.`,
            ...(gone === 0 ? [] : [`No longer in the backup folder (${gone}):`]),
            ...result.unavailable.map((name) => `  - ${safeText(name)}`),
          ];
          if (gone === 0) return done(result, lines);
          const error = {
            code: 'partial',
            class: 'fix',
            message: `${formatCount(gone, 'packet')} can no longer be sent again: not in the backup folder any more.`,
            advice:
              'Put the files in the outgoing folder once more; setting delivery.backupDays keeps packets longer.',
          } as const;
          return failing(error, result, lines);
        });
      }),
    );
  addExamples(command, [
    'branchline resend 0012-central-00000042-k3f9q2m7.tar.zst',
    'branchline resend --to 0012',
    'branchline resend --since 2026-11-20',
    'branchline resend --since "2026-11-20 14:30" --to all',
  ]);
}
