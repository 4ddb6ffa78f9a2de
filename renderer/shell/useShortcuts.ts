import { type HotkeyItem, useHotkeys } from '@mantine/hooks';
import { goTo } from '../actions/goTo.ts';
import { startTransmission } from '../actions/transmit.ts';
import { useClient } from '../api/client.ts';
import { navigationItems } from './navigationItems.ts';

/** Alt+1 … open the windows in the order of the navigation; Ctrl+Enter transmits; Ctrl+/ lists all this. */
export function useShortcuts(role: 'central' | 'store', showHelp: () => void): void {
  const client = useClient();
  const windows = navigationItems(role).map(
    ({ window }, index): HotkeyItem => [`alt+${index + 1}`, () => goTo(window)],
  );
  const transmit = () => {
    // An open dialog has the keyboard; a transmission started behind it would be a surprise.
    if (document.querySelector('[role="dialog"]') !== null) return;
    goTo('transmit');
    void startTransmission(client, 'full');
  };
  useHotkeys([...windows, ['mod+/', showHelp]], []);
  // Not from a field: what is being typed there would be left behind.
  useHotkeys([['mod+Enter', transmit]]);
}
