import { getRouteApi } from '@tanstack/react-router';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Page } from '../../ui/page.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { KeysTab } from './keys-tab.tsx';
import { settingsTabs } from './settings-search.ts';
import { WorkspaceTab } from './workspace-tab.tsx';

const route = getRouteApi('/settings');

export function SettingsPage() {
  const { settings: messages } = useMessages();
  const { tab = 'workspace' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={messages.title} lead={messages.lead}>
      <Tabs
        label={messages.title}
        value={tab}
        choices={settingsTabs.map((one) => ({ value: one, label: messages[one] }))}
        onChange={(next) => void navigate({ search: { tab: next }, replace: true })}
      >
        {tab === 'keys' ? <KeysTab /> : <WorkspaceTab />}
      </Tabs>
    </Page>
  );
}
