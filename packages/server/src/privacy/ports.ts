import type { WorkspaceId } from '@tenth/model/ids.ts';

/** A workspace's secret for everything that stands for a person without naming them. */
export interface SaltStore {
  /**
   * The workspace's salt, in hex; the given one where it has none yet.
   *
   * @param fresh 32 random bytes, in hex.
   */
  getOrKeep(workspaceId: WorkspaceId, fresh: string): Promise<string>;
}
