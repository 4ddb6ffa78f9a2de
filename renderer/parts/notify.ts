import { notifications } from '@mantine/notifications';
import type { ErrorReport } from '../../shared/errors.ts';

/** Says briefly that something was done. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'green', withBorder: true });
}

/** Says that an act failed, where no field or panel of the window is its place. Stays until closed. */
export function notifyFailure(error: ErrorReport): void {
  notifications.show({
    title: error.message,
    message: error.advice,
    color: 'red',
    withBorder: true,
    autoClose: false,
  });
}
