import type { Command } from 'commander';
import { type ErrorReport, ExchangeError } from '../../../shared/errors.ts';
import type { ServerIdentity } from '../../../shared/trust.ts';
import type { Act } from '../act.ts';
import { addExamples } from '../addExamples.ts';
import { type Answer, done, failing } from '../answer.ts';
import { askYesNo } from '../askYesNo.ts';
import type { Context } from '../context.ts';
import { describeIdentity } from '../output/describeIdentity.ts';
import { requireSettings } from '../settings/requireSettings.ts';
import { usageError } from '../usageError.ts';

interface TrustAddOptions {
  readonly fingerprint?: string;
  readonly keepOthers?: true;
}

/** As it is kept: certificates' in upper case, with or without the colons as typed; host keys' as OpenSSH writes them. */
function readFingerprint(typed: string): string {
  const text = typed.trim();
  if (/^SHA256:[A-Za-z0-9+/]{43}=?$/.test(text)) return text.replace(/=$/, '');
  const hex = text.replaceAll(':', '').toUpperCase();
  if (/^[0-9A-F]{64}$/.test(hex)) return hex.replace(/..(?=.)/g, '$&:');
  throw usageError(
    `${JSON.stringify(typed)} is no SHA-256 fingerprint.`,
    'A certificate has 32 pairs of hex digits, a host key SHA256: and 43 characters.',
  );
}

const notTrusted = (message: string, advice: string, untrusted: ServerIdentity): ErrorReport => ({
  code: 'untrusted',
  class: 'trust',
  message,
  advice,
  untrusted,
});

/** Whether to trust what the server shows: by the fingerprint that was given, else by asking. */
async function decide(
  context: Context,
  identity: ServerIdentity,
  wanted: string | undefined,
): Promise<ErrorReport | undefined> {
  if (wanted !== undefined) {
    if (wanted === identity.fingerprint) return undefined;
    return notTrusted(
      `The server shows another fingerprint: ${identity.fingerprint}. Nothing was trusted.`,
      'Ask the FTP provider which one is right.',
      identity,
    );
  }
  const question =
    identity.trustedFingerprint === undefined
      ? 'Trust this server from now on?'
      : 'Trust the new one in place of the one trusted until now?';
  const answer = await askYesNo(context.parts, question);
  if (answer === true) return undefined;
  return answer === false
    ? notTrusted('Nothing was trusted.', 'Compare the fingerprint with the FTP provider first.', identity)
    : notTrusted(
        'Nobody is there to be asked, so nothing was trusted.',
        `Compare the fingerprint with the FTP provider, then: branchline trust add --fingerprint ${identity.fingerprint}`,
        identity,
      );
}

async function add(context: Context, options: TrustAddOptions): Promise<Answer> {
  const wanted = options.fingerprint === undefined ? undefined : readFingerprint(options.fingerprint);
  const look = await context.withEngine((engine) => {
    requireSettings(engine);
    context.showStep('Contacting the server');
    return engine.ask('trust.look', {});
  });
  const { identity, accepted } = look;
  if (identity === undefined) {
    return nothingToDo(accepted && wanted === undefined, look.server, {
      trusted: accepted,
    });
  }
  if (accepted && wanted === undefined) {
    return done({ trusted: true, added: false, identity }, [
      'The server is let in as it is: nothing has to be added.',
      ...describeIdentity(identity),
    ]);
  }
  if (wanted === undefined && !context.options.json) {
    for (const line of [headOf(identity), ...describeIdentity(identity), '']) context.tell(line);
  }
  const refusal = await decide(context, identity, wanted);
  if (refusal !== undefined) {
    const lines = [`${refusal.message}`, ...describeIdentity(identity), '', `What to do: ${refusal.advice}`];
    return failing(refusal, { trusted: false, added: false, identity }, lines);
  }
  const { kind, host, port, fingerprint, subject } = identity;
  const keepOthers = options.keepOthers === true;
  const entry = { kind, host, port, fingerprint, description: subject.slice(0, 500), keepOthers };
  await context.withEngine((engine) => engine.ask('trust.add', entry));
  return done({ trusted: true, added: true, identity }, [
    `Trusted: ${host} port ${port}. Nothing but this ${kind === 'certificate' ? 'certificate' : 'host key'} is accepted there from now on.`,
    `  ${fingerprint}`,
  ]);
}

function headOf(identity: ServerIdentity): string {
  return identity.trustedFingerprint === undefined
    ? 'The server shows this:'
    : 'The server shows another identity than the one trusted until now:';
}

/** The server shows nothing that could be trusted, or was trusted already. */
function nothingToDo(isFine: boolean, server: string, value: object): Answer {
  if (isFine) {
    return done({ ...value, added: false }, [`${server} is let in as it is: nothing has to be added.`]);
  }
  throw new ExchangeError({
    code: 'untrusted',
    class: 'trust',
    message: `${server} shows no certificate or host key that could be trusted.`,
    advice: 'Turn on Enable SSL first: branchline config set ftp.enableSsl=true',
  });
}

export function addTrustAdd(trust: Command, act: Act): void {
  const command = trust
    .command('add')
    .description(
      'Contacts the configured server, shows what it proves itself with, and asks whether to trust it. Nothing secret is sent meanwhile.',
    )
    .option(
      '--fingerprint <sha256>',
      'trust it only if it has this fingerprint; for scripts, nobody is asked',
    )
    .option('--keep-others', 'keep what was trusted for this server, for several machines behind one name')
    .action((options: TrustAddOptions) => act((context) => add(context, options)));
  addExamples(command, [
    'branchline trust add',
    'branchline trust add --fingerprint 5C:1E:…:9A',
    'branchline trust add --keep-others',
  ]);
}
