import { createContext, type ReactNode, useContext } from 'react';
import type { ReplyOf } from '../api/client.ts';
import { useWorkspaceQuery } from '../api/use-workspace.ts';
import { QueryView } from './query-view.tsx';

type Workspace = ReplyOf<'getWorkspace'>;

const context = createContext<Workspace | undefined>(undefined);

/** Everything below knows the workspace: its time zone, currency and names. */
export function WorkspaceProvider({ children }: { readonly children: ReactNode }) {
  const query = useWorkspaceQuery();
  return (
    <QueryView query={query}>
      {(workspace) => <context.Provider value={workspace}>{children}</context.Provider>}
    </QueryView>
  );
}

export function useWorkspace(): Workspace {
  const workspace = useContext(context);
  if (workspace === undefined) {
    throw new Error('useWorkspace is for parts inside WorkspaceProvider');
  }
  return workspace;
}
