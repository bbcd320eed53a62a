import type { ReactNode } from 'react';
import { ApiError } from '../api/api-error.ts';
import { useMessages } from '../messages/locale-provider.tsx';
import { Button } from '../ui/buttons.tsx';
import { Blank, Bones } from '../ui/notice.tsx';
import { problemText } from './problem-text.ts';
import styles from './query-view.module.css';

interface ViewedQuery<Data> {
  readonly data: Data | undefined;
  readonly error: Error | null;
  /** `data` answers what was asked before, and stands in until the answer comes. */
  readonly isPlaceholderData: boolean;
  readonly refetch: () => unknown;
}

/**
 * Loading, failure and missing permission look the same everywhere; `children` draws what came. What
 * only stands in is dimmed.
 */
export function QueryView<Data>({
  query,
  isEmpty,
  empty,
  children,
}: {
  readonly query: ViewedQuery<Data>;
  readonly isEmpty?: (data: Data) => boolean;
  readonly empty?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}) {
  const messages = useMessages();
  if (query.data !== undefined) {
    return (
      <div className={styles.answer} aria-busy={query.isPlaceholderData}>
        {isEmpty?.(query.data) === true ? empty : children(query.data)}
      </div>
    );
  }
  if (query.error !== null) {
    return <FailureView error={query.error} onRetry={() => query.refetch()} />;
  }
  return <Bones label={messages.state.loading} />;
}

/** What went wrong, in the reader's words, with the number to give to whoever runs the server. */
export function FailureView({
  error,
  onRetry,
}: {
  readonly error: Error;
  readonly onRetry: () => void;
}) {
  const messages = useMessages();
  const problem = error instanceof ApiError ? error.problem : undefined;
  if (problem?.status === 403) {
    return (
      <Blank icon="lock" title={messages.state.noAccessTitle} isAlert>
        {messages.state.noAccess}
      </Blank>
    );
  }
  if (problem?.code === 'not-found') {
    return (
      <Blank title={messages.state.notFoundTitle} isAlert>
        {messages.state.notFound}
      </Blank>
    );
  }
  return (
    <Blank
      icon="warning"
      title={messages.state.failedTitle}
      isAlert
      action={<Button onClick={onRetry}>{messages.action.retry}</Button>}
    >
      <p>{problem === undefined ? error.message : problemText(problem, messages)}</p>
      {problem?.field === undefined ? null : <p>{messages.state.field(problem.field)}</p>}
      {problem?.requestId === undefined ? null : (
        <p>{messages.state.requestId(problem.requestId)}</p>
      )}
    </Blank>
  );
}
