import { Modal, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useRef } from 'react';
import type { Settings } from '../../../shared/settings.ts';
import type { CheckKind } from '../../actions/check.ts';
import { text } from '../../text/en.ts';
import { FtpConfigurationForm } from './FtpConfigurationForm.tsx';

interface FtpConfigurationDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly settings: Settings;
  readonly hasPassword: boolean;
  readonly hasPassphrase: boolean;
  /** A check to start at once, where the menu asked for one. */
  readonly startWith?: CheckKind | undefined;
}

/** The one FTP Configuration, the same for the central office and its stores. */
export function FtpConfigurationDialog(props: FtpConfigurationDialogProps) {
  const { opened, onClose, settings, hasPassword, hasPassphrase, startWith } = props;
  const dirty = useRef(false);
  // This part stays while the dialog is closed; the next one opens with nothing changed.
  const close = () => {
    dirty.current = false;
    onClose();
  };
  const leave = () => {
    if (!dirty.current) return close();
    modals.openConfirmModal({
      title: text.ftp.discardTitle,
      children: <Text size="sm">{text.ftp.discardBody}</Text>,
      labels: { confirm: text.ftp.discardConfirm, cancel: text.ftp.discardStay },
      confirmProps: { color: 'red.9' },
      zIndex: 400,
      onConfirm: close,
    });
  };
  return (
    <Modal
      opened={opened}
      onClose={leave}
      title={text.ftp.title}
      size={1040}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <FtpConfigurationForm
        settings={settings}
        hasPassword={hasPassword}
        hasPassphrase={hasPassphrase}
        startWith={startWith}
        onDirty={(now) => {
          dirty.current = now;
        }}
        onCancel={leave}
        onSaved={close}
      />
    </Modal>
  );
}
