import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { AdminDeps } from '../admin/admin.ts';
import { checkDraft } from '../admin/check-draft.ts';
import type { PlanRegistry } from '../admin/plan-registry.ts';

import { explainPersonMoment } from '../explain/explain-person-moment.ts';
import { reportCampaign } from '../measure/campaign-report.ts';
import { keyOfPlaces } from '../measure/cells/cell-key-sql.ts';
import { exploreCells } from '../measure/cells/explore-cells.ts';
import { listCellPeople } from '../measure/cells/list-cell-people.ts';
import { PersonLevels } from '../measure/cells/person-levels.ts';
import { quantilesOf, readFigures } from '../measure/conditions/figures-of.ts';
import { previewLines } from '../measure/conditions/preview-lines.ts';
import { countCampaigns } from '../measure/queries/count-campaigns.ts';
import { explainPerson } from '../measure/queries/explain-person.ts';
import { listPersonEvents } from '../measure/queries/list-person-events.ts';
import { listRecentEvents } from '../measure/queries/list-recent-events.ts';
import { reportShop } from '../measure/shop-report.ts';
import type { EventLogReader } from '../measure/sql/query.ts';
import { type PlanVersionStore, PlanVersions } from '../replay/plan-versions.ts';
import { runSimulation } from '../simulate/run-simulation.ts';
import type { PostgresConnection } from '../stores/postgres/connection.ts';
import { createCountedSegments } from '../stores/postgres/counted-segments.ts';
import type { Logger } from '../telemetry/logger.ts';

/** The event log of one workspace. */
export type LogOf = (id: WorkspaceId) => EventLogReader;

interface LogQuestionsDeps {
  readonly logOf: LogOf;
  readonly plans: PlanRegistry;
  readonly planStore: PlanVersionStore;
  readonly postgres: PostgresConnection;
  /** Brings what was just committed into the log, for questions that must not miss it. */
  readonly flush: () => Promise<void>;
  /** The folder with the built simulation worker. */
  readonly builtDirectory: URL;
  readonly now: () => number;
  readonly logger: Logger;
}

/** Everything that the administration asks of the event log. */
export function openLogQuestions({
  logOf,
  plans,
  planStore,
  postgres,
  flush,
  builtDirectory,
  now,
  logger,
}: LogQuestionsDeps): Pick<
  AdminDeps,
  'timeline' | 'reports' | 'cells' | 'figuresOf' | 'explanations' | 'previews' | 'simulations'
> {
  const planVersions = new PlanVersions(planStore, createCountedSegments(postgres));
  const personLevels = new PersonLevels({
    now,
    flush,
    onFailed: (error) => logger.warn({ err: error }, 'cells.levels.failed'),
  });
  return {
    timeline: {
      listOfPerson: (id, profileId, page) => listPersonEvents(logOf(id), { profileId, ...page }),
      listRecent: (id, limit) => listRecentEvents(logOf(id), limit),
      explain: (id, profileId, campaignId) => explainPerson(logOf(id), { profileId, campaignId }),
    },
    reports: {
      campaign: (id, asked) => reportCampaign(logOf(id), asked),
      shop: (id, asked) => reportShop(logOf(id), asked),
      totals: (id, at) => countCampaigns(logOf(id), at),
    },
    cells: {
      async explore(id, { definition, fresh, ...question }) {
        const variables = question.variables.map((variable) => variable.id);
        const asked = { definitions: definition, variables, fresh };
        const build = await personLevels.get(logOf(id), asked);
        const { settings } = definition;
        return exploreCells(logOf(id), build, { ...question, settings });
      },
      async people(id, { definition, places, limit, after, ...chosen }) {
        const variables = chosen.variables.map((variable) => variable.id);
        const asked = { definitions: definition, variables, fresh: false };
        const build = await personLevels.get(logOf(id), asked);
        const key = keyOfPlaces(places);
        const page = await listCellPeople(logOf(id), { build, variables, key, limit, after });
        return { asOf: build.asOf, ...page };
      },
    },
    async figuresOf(id, measure) {
      const { definition: definitions } = plans.get(id);
      const figures = await readFigures(logOf(id), { definitions, now: now(), measure });
      return { quantiles: (shares) => quantilesOf(figures, shares) };
    },
    explanations: {
      async explain(id, profileId, asked) {
        await flush();
        return explainPersonMoment(
          { log: logOf(id), plans: planVersions, lists: plans.get(id).lists },
          { profileId, ...asked },
        );
      },
    },
    previews: {
      async run(id, request, signal) {
        const { definition } = plans.get(id);
        const { condition } = request;
        await checkDraft(plans, id, condition);
        await flush();
        const draft = { definitions: definition, condition, now: now() };
        return previewLines(logOf(id), request, draft, signal);
      },
    },
    simulations: {
      async run(id, asked) {
        await flush();
        const { definition: latest, lists: present } = plans.get(id);
        const workerUrl = new URL('simulation-worker.js', builtDirectory);
        return runSimulation(
          { log: logOf(id), plans: planVersions, workerUrl, now },
          { ...asked, latest, lists: present },
        );
      },
    },
  };
}
