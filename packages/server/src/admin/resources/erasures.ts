import { Problem } from '@tenth/model/problem.ts';
import type { Handlers } from '../call.ts';
import type { Erasures, PeopleStore } from '../ports.ts';
import { requirePerson } from './person-ref.ts';

type ErasureHandlers = Pick<Handlers, 'erasePerson' | 'getErasure' | 'listErasures'>;

export interface ErasureHandlerDeps {
  readonly people: Pick<PeopleStore, 'find'>;
  readonly erasures: Erasures;
}

export function erasureHandlers({ people, erasures }: ErasureHandlerDeps): ErasureHandlers {
  return {
    async erasePerson({ caller, params }) {
      const { profile, identifiers } = await requirePerson(people, caller, params.person);
      return { erasure: await erasures.request(caller.workspaceId, profile.id, identifiers) };
    },

    async getErasure({ caller, params: { id } }) {
      const erasure = await erasures.find(caller.workspaceId, id);
      if (erasure === undefined) {
        throw new Problem('not-found', 'There is no such erasure.', 'id');
      }
      return { erasure };
    },

    async listErasures({ caller, query: { limit, before } }) {
      const found = await erasures.list(caller.workspaceId, { limit: limit + 1, before });
      const page = found.slice(0, limit);
      return {
        erasures: page,
        next: found.length > limit ? (page.at(-1)?.erasureId ?? null) : null,
      };
    },
  };
}
