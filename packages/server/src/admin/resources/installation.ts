import type { Handlers } from '../call.ts';
import type { KeyStore, Pages } from '../ports.ts';

export interface InstallationHandlerDeps {
  readonly keys: Pick<KeyStore, 'list'>;
  readonly pages: Pages;
}

/** Looks at a page of the shop as a visitor without scripts would. */
export function installationHandlers({
  keys,
  pages,
}: InstallationHandlerDeps): Pick<Handlers, 'checkInstallation'> {
  return {
    async checkInstallation({ caller, body: { url } }) {
      const page = await pages.read(url);
      if (page.kind === 'unreachable') {
        return page;
      }
      const { status, text } = page;
      const key = (await keys.list(caller.workspaceId)).find(
        ({ kind, secret }) => kind === 'write_key' && text.includes(secret),
      );
      return key === undefined
        ? { kind: 'missing', status }
        : { kind: 'installed', status, keyId: key.id };
    },
  };
}
