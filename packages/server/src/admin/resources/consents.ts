import type { ConsentPurpose } from '@tenth/model/consent-record.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { Handlers } from '../call.ts';
import type { PeopleStore, PersonConsents } from '../ports.ts';
import { requirePerson } from './person-ref.ts';

type ConsentHandlers = Pick<Handlers, 'listPersonConsents' | 'addPersonConsents'>;

export interface ConsentHandlerDeps {
  readonly people: Pick<PeopleStore, 'find'>;
  readonly consents: PersonConsents;
  readonly now: () => EpochMs;
}

export function consentHandlers({ people, consents, now }: ConsentHandlerDeps): ConsentHandlers {
  return {
    async listPersonConsents({ caller, params }) {
      const { profile } = await requirePerson(people, caller, params.person);
      return consents.read(caller.workspaceId, profile.id);
    },

    async addPersonConsents({ caller, params, body: { answers, at, textVersion, source } }) {
      const { profile, identifiers } = await requirePerson(people, caller, params.person);
      const receivedAt = now();
      const saidAt = at === undefined ? receivedAt : Date.parse(at);
      if (saidAt > receivedAt) {
        throw new Problem('body-invalid', 'Give a moment that has been.', 'at');
      }
      const [identifier] = [...identifiers].sort((one) => (one.kind === 'user_id' ? -1 : 1));
      if (identifier === undefined) {
        throw new Problem('not-found', 'This person has no identifier any more.', 'person');
      }
      const given = Object.entries(answers).map(([purpose, state]) => ({
        // The schema has checked the keys, which `Object.entries` forgets.
        purpose: purpose as ConsentPurpose,
        state,
      }));
      if (given.length === 0) {
        throw new Problem('body-invalid', 'Give an answer to one purpose or more.', 'answers');
      }
      await consents.append(
        caller.workspaceId,
        given.map((answer) => ({
          ...answer,
          identifier,
          at: saidAt,
          receivedAt,
          textVersion,
          source,
          givenBy: `${caller.identity.kind}:${caller.identity.id}`,
        })),
      );
      return consents.read(caller.workspaceId, profile.id);
    },
  };
}
