import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';

/** Where the windows' content stands. */
const content = { target: '#content' };

/**
 * A menu under a button. It opens on its first item: Mantine's placeholder for the focus is no menu item, which
 * readers stumble over. And it stands within the content, which is a landmark.
 */
export function ActionMenu({ children }: { readonly children: ReactNode }) {
  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false} portalProps={content}>
      {children}
    </Menu>
  );
}
