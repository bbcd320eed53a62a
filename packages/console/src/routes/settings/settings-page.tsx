import { getRouteApi } from '@tanstack/react-router';
import { useSelf } from '../../api/use-session.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Page } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { AccountTab } from './account-tab.tsx';
import { KeysTab } from './keys-tab.tsx';
import { type SettingsTab, settingsTabs } from './settings-search.ts';
import { UsersTab } from './users-tab.tsx';
import { WorkspaceTab } from './workspace-tab.tsx';

const route = getRouteApi('/settings');

export function SettingsPage() {
  const { settings: messages } = useMessages();
  const { tab = 'workspace' } = route.useSearch();
  const navigate = route.useNavigate();
  const self = useSelf();
  const isOpen = (one: SettingsTab) =>
    (one !== 'keys' && one !== 'users') || self?.permissions.includes(one) === true;
  return (
    <Page title={messages.title} lead={messages.lead}>
      <Tabs
        label={messages.title}
        value={tab}
        choices={settingsTabs.filter(isOpen).map((one) => ({ value: one, label: messages[one] }))}
        onChange={(next) => void navigate({ search: { tab: next }, replace: true })}
      >
        <Tab tab={tab} />
      </Tabs>
    </Page>
  );
}

function Tab({ tab }: { readonly tab: SettingsTab }) {
  switch (tab) {
    case 'workspace':
      return <WorkspaceTab />;
    case 'keys':
      return <KeysTab />;
    case 'users':
      return <UsersTab />;
    case 'account':
      return <AccountTab />;
  }
}
