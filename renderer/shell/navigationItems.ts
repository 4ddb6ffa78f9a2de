import {
  IconArrowsExchange,
  IconBell,
  IconBuilding,
  IconBuildingStore,
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
  { window: 'datasets', icon: IconTable },
  { window: 'alerts', icon: IconBell },
  { window: 'setup', icon: IconBuilding },
  { window: 'settings', icon: IconSettings },
];

/** What the navigation offers to this role. Only the central site watches stores. */
export function navigationItems(role: 'central' | 'store'): readonly NavigationItem[] {
  return role === 'central' ? all : all.filter((item) => item.window !== 'stores');
}
