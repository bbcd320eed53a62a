import type { Handlers } from '../call.ts';
import type { Explanations, PeopleStore } from '../ports.ts';
import { requirePerson } from './person-ref.ts';

export interface ExplanationHandlerDeps {
  readonly people: Pick<PeopleStore, 'find'>;
  readonly explanations: Explanations;
  readonly now: () => number;
}

export function explanationHandlers({
  people,
  explanations,
  now,
}: ExplanationHandlerDeps): Pick<Handlers, 'explainMoment'> {
  return {
    async explainMoment({ caller, params, query }) {
      const { profile } = await requirePerson(people, caller, params.person);
      return explanations.explain(caller.workspaceId, profile.id, {
        campaignId: query.campaignId,
        at: query.at === undefined ? now() : Date.parse(query.at),
        messageId: query.messageId,
      });
    },
  };
}
