import {
  IconArrowsExchange,
  IconBell,
  IconBuilding,
  IconBuildingStore,
  IconFileExport,
  IconFileImport,
  IconFileText,
  IconHistory,
  IconSettings,
  IconStack2,
  IconTable,
  type TablerIcon,
} from '@tabler/icons-react';
import type { WindowName } from '../state/place.ts';

interface NavigationItem {
  readonly window: WindowName;
  readonly icon: TablerIcon;
}

const all: readonly NavigationItem[] = [
  { window: 'transmit', icon: IconArrowsExchange },
  { window: 'queue', icon: IconStack2 },
  { window: 'stores', icon: IconBuildingStore },
  { window: 'history', icon: IconHistory },
  { window: 'customer-files', icon: IconFileText },
  { window: 'imports', icon: IconFileImport },
  { window: 'datasets', icon: IconTable },
  { window: 'exports', icon: IconFileExport },
  { window: 'alerts', icon: IconBell },
  { window: 'setup', icon: IconBuilding },
  { window: 'settings', icon: IconSettings },
];

/** Windows of the central site only: it watches the stores, and takes and gives partners' files. */
export const centralWindows: ReadonlySet<WindowName> = new Set([
  'stores',
  'customer-files',
  'imports',
  'exports',
]);

/** What the navigation offers to this role. */
export function navigationItems(role: 'central' | 'store'): readonly NavigationItem[] {
  return role === 'central' ? all : all.filter((item) => !centralWindows.has(item.window));
}
