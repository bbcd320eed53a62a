import { Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { useMessages } from '../messages/locale-provider.tsx';
import { IconButton } from '../ui/buttons.tsx';
import { SidePanel } from '../ui/dialog.tsx';
import styles from './frame.module.css';
import { Navigation } from './navigation.tsx';
import { Preferences } from './preferences.tsx';
import { useWorkspace, WorkspaceProvider } from './workspace-context.tsx';

function Brand() {
  const { settings } = useWorkspace();
  return (
    <div className={styles.brand}>
      <img src="/console/mark.svg" alt="" />
      <div style={{ minWidth: 0 }}>
        <div className={styles.brandName}>Tenth</div>
        <div className={styles.brandPlace}>{settings.name}</div>
      </div>
    </div>
  );
}

/** What stands around every page: navigation at the side, or behind a button where there is no room. */
export function Frame() {
  const messages = useMessages();
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  return (
    <WorkspaceProvider>
      <a className={styles.skip} href="#content">
        {messages.frame.skip}
      </a>
      <div className={styles.frame}>
        <div className={styles.topbar}>
          <IconButton
            icon="menu"
            label={messages.frame.openMenu}
            onClick={() => setIsMenuOpen(true)}
          />
          <Brand />
        </div>
        <div className={styles.sidebar}>
          <Brand />
          <Navigation />
          <Preferences />
        </div>
        <main id="content" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <SidePanel
        title="Tenth"
        isOpen={isMenuOpen}
        closeLabel={messages.frame.closeMenu}
        onClose={() => setIsMenuOpen(false)}
      >
        <Navigation onGo={() => setIsMenuOpen(false)} />
        <Preferences />
      </SidePanel>
    </WorkspaceProvider>
  );
}
