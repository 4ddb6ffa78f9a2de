import { type HotkeyItem, useHotkeys } from '@mantine/hooks';
import { goTo } from '../actions/goTo.ts';
import { navigationItems } from './navigationItems.ts';

/** Alt+1 … Alt+6 open the windows in the order of the navigation. */
export function useShortcuts(role: 'central' | 'store'): void {
  useHotkeys(
    navigationItems(role).map(({ window }, index): HotkeyItem => [`alt+${index + 1}`, () => goTo(window)]),
    [],
  );
}
