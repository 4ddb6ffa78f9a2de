import type { Command } from 'commander';
import { z } from 'zod';
import type { SubscriptionView } from '../../../shared/contract/exportsCalls.ts';
import { type Subscription, subscriptionSchema } from '../../../shared/subscriptionsSettings.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { done, listing } from '../answer.ts';
import { formatTime } from '../output/formatAmounts.ts';
import { formatTable } from '../output/formatTable.ts';
import { requireSettings } from '../settings/requireSettings.ts';
import { usageError } from '../usageError.ts';

/** `rate-book` (its set default), or `rate-book/custom-123`. */
function parseSet(typed: string, stores: unknown): Subscription {
  const [dataset, set = 'default', ...rest] = typed.split('/');
  const parsed = subscriptionSchema.safeParse({ dataset, set, stores });
  if (parsed.success && rest.length === 0) return parsed.data;
  throw usageError(
    parsed.success
      ? `${JSON.stringify(typed)} is not a set of a dataset.`
      : z.prettifyError(parsed.error).slice(0, 500),
    'For example: branchline subscriptions add rate-book/default --stores all',
  );
}

function rowOf({ subscription, edition, rows, publishedMs, stores }: SubscriptionView): string[] {
  const { dataset, set } = subscription;
  return [
    `${dataset}/${set}`,
    subscription.stores === 'all' ? 'all' : subscription.stores.join(', '),
    edition === undefined || publishedMs === undefined
      ? 'none is published'
      : `${edition}, ${rows ?? 0} rows, of ${formatTime(publishedMs)}`,
    `${stores.current} have it, ${stores.older} an older one, ${stores.none} none yet`,
  ];
}

export function addSubscriptions(program: Command, act: Act): void {
  const subscriptions = program
    .command('subscriptions')
    .summary('which stores get which published sets')
    .description(
      'Published sets are sent to the stores that are subscribed, with every transmission after they change.',
    );
  addExamples(subscriptions, [
    'branchline subscriptions add rate-book --stores all',
    'branchline subscriptions list',
  ]);
  addExamples(
    subscriptions
      .command('list', { isDefault: true })
      .description('Lists the sets, their editions, and how many stores have them.')
      .action(() =>
        act((context) =>
          context.withEngine(async (engine) => {
            requireSettings(engine);
            const views = await engine.ask('subscriptions.list', {});
            const lines =
              views.length === 0
                ? ['No store is subscribed to a set yet: branchline subscriptions add rate-book --stores all']
                : formatTable(['Set', 'For', 'Edition', 'Stores'], views.map(rowOf));
            return listing(views, lines);
          }),
        ),
      ),
    ['branchline subscriptions list', 'branchline subscriptions list --json'],
  );
  addExamples(
    subscriptions
      .command('add <set>')
      .description('Has stores get a set of a dataset, or changes which ones do.')
      .requiredOption('--stores <numbers>', 'all, or store numbers joined by commas')
      .action((typed: string, options: { stores: string }) =>
        act((context) =>
          context.withEngine(async (engine) => {
            const { stores } = options;
            const subscription = parseSet(
              typed,
              stores === 'all' ? stores : stores.split(',').map((store) => store.trim()),
            );
            const view = await engine.ask('subscriptions.save', { subscription });
            const who =
              subscription.stores === 'all' ? 'all stores' : `stores ${subscription.stores.join(', ')}`;
            return done(view, [
              `${subscription.dataset}/${subscription.set} goes to ${who}, with the next transmission and whenever it changes.`,
            ]);
          }),
        ),
      ),
    [
      'branchline subscriptions add rate-book --stores all',
      'branchline subscriptions add rate-book/custom-123 --stores 0012,0044',
    ],
  );
  addExamples(
    subscriptions
      .command('remove <set>')
      .description('Stops sending a set. Stores keep the edition that they have.')
      .action((typed: string) =>
        act((context) =>
          context.withEngine(async (engine) => {
            const { dataset, set } = parseSet(typed, 'all');
            await engine.ask('subscriptions.remove', { dataset, set });
            return done({ removed: `${dataset}/${set}` }, [
              `${dataset}/${set} is not sent any more. Stores keep the edition that they have.`,
            ]);
          }),
        ),
      ),
    ['branchline subscriptions remove rate-book'],
  );
}
