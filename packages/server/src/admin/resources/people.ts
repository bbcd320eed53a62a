import { Problem } from '@tenth/model/problem.ts';
import type { Handlers } from '../call.ts';
import type { MergeStore, PeopleStore, PersonConsents, Timeline } from '../ports.ts';
import { requirePerson } from './person-ref.ts';
import { toPerson, toPersonSummary } from './to-person.ts';

type PeopleHandlers = Pick<
  Handlers,
  | 'listPeople'
  | 'getPerson'
  | 'listPersonEvents'
  | 'explainPerson'
  | 'listPersonMerges'
  | 'undoMerge'
>;

export interface PeopleHandlerDeps {
  readonly people: PeopleStore;
  readonly consents: Pick<PersonConsents, 'read'>;
  readonly merges: MergeStore;
  readonly timeline: Timeline;
  readonly now: () => number;
}

export function peopleHandlers({
  people,
  consents,
  merges,
  timeline,
  now,
}: PeopleHandlerDeps): PeopleHandlers {
  return {
    async listPeople({ caller, query }) {
      const page = await people.search(caller.workspaceId, {
        search: query.search?.trim() || undefined,
        segmentId: query.segmentId,
        limit: query.limit,
        before: query.before,
      });
      return { people: page.people.map(toPersonSummary), next: page.next };
    },

    async getPerson({ caller, params }) {
      const found = await requirePerson(people, caller, params.person);
      const { current } = await consents.read(caller.workspaceId, found.profile.id);
      return { ...toPerson(found, now()), consents: current };
    },

    async listPersonEvents({ caller, params, query }) {
      const { profile } = await requirePerson(people, caller, params.person);
      const page = await timeline.listOfPerson(caller.workspaceId, profile.id, {
        limit: query.limit,
        before: query.before,
      });
      return { events: [...page.events], next: page.next };
    },

    async explainPerson({ caller, params }) {
      const { profile } = await requirePerson(people, caller, params.person);
      const moments = await timeline.explain(caller.workspaceId, profile.id, params.campaignId);
      return { moments: [...moments] };
    },

    async listPersonMerges({ caller, params }) {
      const { profile } = await requirePerson(people, caller, params.person);
      return { merges: [...(await merges.list(caller.workspaceId, profile.id))] };
    },

    async undoMerge({ caller, params: { id } }) {
      const undone = await merges.undo(caller.workspaceId, id);
      if (undone === undefined) {
        throw new Problem('not-found', 'There is no such merge.', 'id');
      }
      return undone;
    },
  };
}
