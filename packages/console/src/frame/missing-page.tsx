import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { useMessages } from '../messages/locale-provider.tsx';
import { Blank } from '../ui/notice.tsx';
import { Page } from '../ui/page.tsx';
import { FailureView } from './query-view.tsx';

export function MissingPage() {
  const messages = useMessages();
  return (
    <Page title={messages.missing.title}>
      <Blank title={messages.missing.lead} action={<Link to="/">{messages.missing.home}</Link>} />
    </Page>
  );
}

/** A bug in drawing takes down one page, not the console. */
export function CrashPage({ error, reset }: ErrorComponentProps) {
  const messages = useMessages();
  return (
    <Page title={messages.missing.crashTitle}>
      <FailureView
        error={error instanceof Error ? error : new Error(String(error))}
        onRetry={reset}
      />
    </Page>
  );
}
