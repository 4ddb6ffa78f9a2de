import { Button, Group, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { ErrorReport } from '../../../shared/errors.ts';
import type { ServerIdentity } from '../../../shared/trust.ts';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { text } from '../../text/en.ts';

interface SaveFailureProps {
  readonly error: ErrorReport;
  /** It was the proof that failed, so that saving without one is a choice. */
  readonly proofFailed: boolean;
  readonly onLook: (identity: ServerIdentity) => void;
  readonly onSaveAnyway: () => void;
}

/** What the engine refuses in any case; see createSaveProven. */
const neverSaved = ['foreign-office', 'store-number-taken'];

/** Why nothing was saved, what to do, and the deliberate second step. */
export function SaveFailure({ error, proofFailed, onLook, onSaveAnyway }: SaveFailureProps) {
  const { untrusted } = error;
  const isOffered = proofFailed && error.class !== 'cancelled' && !neverSaved.includes(error.code);
  return (
    <ErrorNote
      error={error}
      title={text.common.notSaved}
      action={
        <Group gap="xs">
          {untrusted === undefined ? null : (
            <Button size="compact-sm" variant="default" onClick={() => onLook(untrusted)}>
              {text.trust.look}
            </Button>
          )}
          {isOffered ? (
            <Button size="compact-sm" variant="default" onClick={() => askToSaveAnyway(onSaveAnyway)}>
              {text.ftp.saveAnyway}
            </Button>
          ) : null}
          {neverSaved.includes(error.code) ? <Text size="xs">{text.ftp.saveNever}</Text> : null}
        </Group>
      }
    />
  );
}

function askToSaveAnyway(onConfirm: () => void): void {
  modals.openConfirmModal({
    title: text.ftp.saveAnywayTitle,
    children: <Text size="sm">{text.ftp.saveAnywayBody}</Text>,
    labels: { confirm: text.ftp.saveAnywayConfirm, cancel: text.ftp.discardStay },
    cancelProps: { 'data-autofocus': true },
    zIndex: 400,
    onConfirm,
  });
}
