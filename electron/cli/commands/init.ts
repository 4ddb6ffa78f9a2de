import { type Command, Option } from 'commander';
import type { z } from 'zod';
import { guidSchema, storeNumberSchema } from '../../../shared/sites.ts';
import type { InitRequest } from '../../engine/engine.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { done } from '../answer.ts';
import { usageError } from '../usageError.ts';

interface InitOptions {
  readonly role: 'central' | 'store';
  readonly name: string;
  readonly number?: string;
  readonly guid?: string;
  readonly officeId?: string;
}

const roleExamples = [
  'branchline init --role central --name "Head office"',
  'branchline init --role store --number 0012 --name "Riverside"',
  'branchline init --role store --number 0012 --name "Riverside" --guid 6f1c…  (a former installation moves here)',
];

function parsed<Schema extends z.ZodType>(
  schema: Schema,
  value: string,
  option: string,
  rule: string,
  advice: string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw usageError(`${option} ${JSON.stringify(value)} is not allowed: ${rule}`, advice);
}

function requestOf(options: InitOptions): InitRequest {
  const name = options.name.trim();
  if (name === '')
    throw usageError('--name is empty.', 'Give the site a name people know: --name "Riverside"');
  const guidRule = 'it is a GUID, such as 6f1c2f0e-8a1b-4c5d-9e2f-0123456789ab.';
  const guidAdvice = 'Copy it from the former installation (branchline status there, or its settings.json).';
  const identity = {
    name,
    ...(options.guid === undefined
      ? {}
      : { guid: parsed(guidSchema, options.guid, '--guid', guidRule, guidAdvice) }),
  };
  if (options.role === 'central') {
    if (options.number !== undefined) {
      throw usageError('The central site has no store number.', 'Leave --number out, or use --role store.');
    }
    return {
      role: 'central',
      ...identity,
      ...(options.officeId === undefined
        ? {}
        : {
            officeId: parsed(
              guidSchema,
              options.officeId,
              '--office-id',
              guidRule,
              'It stands in office.json on the server.',
            ),
          }),
    };
  }
  if (options.officeId !== undefined) {
    throw usageError('A store learns the office id from the server.', 'Leave --office-id out.');
  }
  if (options.number === undefined) {
    throw usageError('A store needs its store number.', 'Add, for example, --number 0012');
  }
  const storeNumber = parsed(
    storeNumberSchema,
    options.number,
    '--number',
    'it has 1 to 7 letters or digits, and is not a reserved word like all or central.',
    'For example: --number 0012',
  );
  return { role: 'store', storeNumber, ...identity };
}

export function addInit(program: Command, act: Act): void {
  const command = program
    .command('init')
    .summary('set this installation up as the central site or as a store')
    .description('Sets this installation up as the central site or as a store. Once for each data directory.')
    .addOption(
      new Option('--role <role>', 'what this site is').choices(['central', 'store']).makeOptionMandatory(),
    )
    .option('--number <number>', "a store's number: 1 to 7 letters or digits")
    .requiredOption('--name <name>', 'the name people know the site by')
    .option('--guid <guid>', 'take over a former installation of this site, whose GUID this was')
    .option('--office-id <id>', 'the central site only: take over a former office, whose id this was')
    .action((options: InitOptions) =>
      act(async (context) => {
        const request = requestOf(options);
        const settings = await context.withEngine((engine) => engine.init(request), 'may-make-folder');
        const who = request.role === 'central' ? 'the central site' : `store ${request.storeNumber}`;
        return done({ site: settings.site, dataDir: context.options.dataDir }, [
          `Set up: this is ${who}, "${request.name}".`,
          `  Data directory  ${context.options.dataDir}`,
          `  GUID            ${settings.site.guid}  (write it down: a replacement machine takes it over with --guid)`,
          '',
          'Next, say where the FTP server is, then try it:',
          '  branchline config set ftp.host=ftp.example.com ftp.username=office',
          '  branchline config set ftp.password',
          '  branchline channels add daily-close',
          '  branchline test-connection',
        ]);
      }),
    );
  addExamples(command, roleExamples);
}
