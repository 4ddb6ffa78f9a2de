import { randomId } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import type { ErrorReport } from '../../../shared/errors.ts';
import { type CheckKind, cancelCheck, startCheck } from '../../actions/check.ts';
import { useClient } from '../../api/client.ts';
import { useApp } from '../../state/appStore.ts';
import type { CheckRecord } from '../../state/checkSlice.ts';
import { text } from '../../text/en.ts';
import type { FtpCandidate } from './ftpForm.ts';

/** `save`: the proof before something is saved. */
export type ShownKind = CheckKind | 'save';

export interface ShownCheck {
  readonly kind: ShownKind;
  readonly running: boolean;
  readonly record: CheckRecord;
  /** Why it could not begin or was broken off, where it was. */
  readonly error: ErrorReport | undefined;
  /** What was tried, to tell whether the form has changed since. */
  readonly tried: string;
}

interface Started {
  readonly kind: ShownKind;
  readonly tried: string;
  readonly checkId?: string;
  readonly error?: ErrorReport;
}

const nothingYet: CheckRecord = { steps: [], ended: false };

/** One check at a time, of what is typed, or one save with its proof. Leaving the dialog ends it. */
export function useCheck() {
  const client = useClient();
  const [started, setStarted] = useState<Started>();
  const checkId = started?.checkId;
  const record = useApp((app) => (checkId === undefined ? undefined : app.checks[checkId])) ?? nothingYet;
  const lost = useApp((app) => app.connection === 'lost');
  // A save goes on after its proof, until the engine has answered it.
  const running =
    started !== undefined && started.error === undefined && (started.kind === 'save' || !record.ended);

  useEffect(() => {
    if (lost && running) {
      setStarted(
        (now) => now && { ...now, error: { code: 'engine-lost', class: 'retry', ...text.ftp.lost } },
      );
    }
  }, [lost, running]);

  const underWay = useRef<string>(undefined);
  underWay.current = running ? checkId : undefined;
  useEffect(
    () => () => {
      if (underWay.current !== undefined) void cancelCheck(client, underWay.current);
    },
    [client],
  );

  // Stopped, or left, before the engine has said which check it is: then it is ended as soon as that is known.
  const unwanted = useRef(false);
  useEffect(() => {
    unwanted.current = false;
    return () => {
      unwanted.current = true;
    };
  }, []);

  const start = async (kind: CheckKind, candidate: FtpCandidate, tried: string) => {
    unwanted.current = false;
    setStarted({ kind, tried });
    const answer = await startCheck(client, kind, candidate);
    if (answer.ok && unwanted.current) void cancelCheck(client, answer.value.checkId);
    setStarted(
      answer.ok ? { kind, tried, checkId: answer.value.checkId } : { kind, tried, error: answer.error },
    );
  };
  /** Runs `work`, whose proof is told under the id it is given. Answers with what went wrong, if something did. */
  const save = async (
    work: (checkId: string) => Promise<ErrorReport | undefined>,
    tried: string,
  ): Promise<ErrorReport | undefined> => {
    const id = randomId('saving-');
    setStarted({ kind: 'save', tried, checkId: id });
    const error = await work(id);
    setStarted(error === undefined ? undefined : { kind: 'save', tried, checkId: id, error });
    return error;
  };
  const stop = () => {
    if (checkId === undefined) unwanted.current = true;
    else void cancelCheck(client, checkId);
  };
  const shown: ShownCheck | undefined = started && {
    kind: started.kind,
    running,
    record,
    error: started.error ?? record.error ?? record.report?.error,
    tried: started.tried,
  };
  return { shown, start, save, stop };
}
