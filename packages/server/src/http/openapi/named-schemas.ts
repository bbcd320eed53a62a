import type { Route } from '@tenth/model/api/route.ts';
import { routes } from '@tenth/model/api.ts';
import { apiKey } from '@tenth/model/api-key.ts';
import { attribute } from '@tenth/model/attribute.ts';
import { auditEntry } from '@tenth/model/audit.ts';
import { campaign } from '@tenth/model/campaign.ts';
import {
  browserSettings,
  collectReply,
  eventTrace,
  rejectedEvent,
} from '@tenth/model/collect-api.ts';
import { condition } from '@tenth/model/condition.ts';
import { decision, decisionTrace } from '@tenth/model/decision.ts';
import { erasure } from '@tenth/model/erasure.ts';
import { explainedCondition, explanation } from '@tenth/model/explanation.ts';
import { peopleList } from '@tenth/model/list.ts';
import { merge } from '@tenth/model/merge.ts';
import { person, personSummary } from '@tenth/model/person.ts';
import { personExportLine } from '@tenth/model/person-export.ts';
import { previewLine, previewRequest } from '@tenth/model/preview.ts';
import { problemDetails } from '@tenth/model/problem.ts';
import { campaignReport, shopReport } from '@tenth/model/report.ts';
import { segment } from '@tenth/model/segment.ts';
import { simulationLine, simulationRequest } from '@tenth/model/simulation.ts';
import { timelineEvent } from '@tenth/model/timeline-event.ts';
import { variable } from '@tenth/model/variable.ts';
import { workspaceSettings } from '@tenth/model/workspace.ts';
import { z } from 'zod';
import { batchBody, decideBody, messageBody } from './collection-schemas.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Schemas that have a name of their own in the document. */
const vocabulary: Readonly<Record<string, z.ZodType>> = {
  ApiKey: apiKey,
  Attribute: attribute,
  AuditEntry: auditEntry,
  BrowserSettings: browserSettings,
  Campaign: campaign,
  CampaignReport: campaignReport,
  Condition: condition,
  Decision: decision,
  DecisionTrace: decisionTrace,
  Erasure: erasure,
  ExplainedCondition: explainedCondition,
  Explanation: explanation,
  Merge: merge,
  PeopleList: peopleList,
  Person: person,
  PersonExportLine: personExportLine,
  PersonSummary: personSummary,
  PreviewLine: previewLine,
  PreviewRequest: previewRequest,
  ProblemDetails: problemDetails,
  EventTrace: eventTrace,
  RejectedEvent: rejectedEvent,
  Segment: segment,
  ShopReport: shopReport,
  SimulationLine: simulationLine,
  SimulationRequest: simulationRequest,
  TimelineEvent: timelineEvent,
  Variable: variable,
  WorkspaceSettings: workspaceSettings,
};

export interface NamedSchemas {
  readonly components: Readonly<Record<string, JsonSchema>>;
  /** `#/components/schemas/…` of a body that a client sends: what has a default may be left out. */
  inputRef(schema: z.ZodType): string;
  /** Of a reply: what has a default is always there. */
  outputRef(schema: z.ZodType): string;
}

/** Turns the model's schemas into the components of an OpenAPI document, each under one name. */
export function nameSchemas(): NamedSchemas {
  const inputs = new Map<z.ZodType, string>();
  const outputs = new Map<z.ZodType, string>();
  for (const [name, schema] of Object.entries(vocabulary)) {
    inputs.set(schema, `${name}Input`);
    outputs.set(schema, name);
  }
  for (const [name, route] of Object.entries<Route>(routes)) {
    const title = capitalised(name);
    if (route.body !== undefined && !inputs.has(route.body)) {
      inputs.set(route.body, `${title}Body`);
    }
    if (!outputs.has(route.reply)) {
      outputs.set(route.reply, `${title}Reply`);
    }
  }
  inputs.set(messageBody, 'Message');
  inputs.set(batchBody, 'Batch');
  inputs.set(decideBody, 'DecideBody');
  outputs.set(collectReply, 'CollectReply');

  const all = { ...toComponents(inputs, 'input'), ...toComponents(outputs, 'output') };
  return {
    components: onlyReferenced(all, [...outputs.values(), ...bodyNames(inputs)]),
    inputRef: (schema) => refOf(inputs, schema),
    outputRef: (schema) => refOf(outputs, schema),
  };
}

function refOf(names: ReadonlyMap<z.ZodType, string>, schema: z.ZodType): string {
  const name = names.get(schema);
  if (name === undefined) {
    throw new Error('a schema of a route has no name in the document');
  }
  return componentPath(name);
}

const componentPath = (name: string): string => `#/components/schemas/${name}`;

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function bodyNames(inputs: ReadonlyMap<z.ZodType, string>): string[] {
  const bodies = Object.values<Route>(routes).flatMap(({ body }) => (body ? [body] : []));
  return [...bodies, messageBody, batchBody, decideBody, previewRequest, simulationRequest].flatMap(
    (schema) => inputs.get(schema) ?? [],
  );
}

function toComponents(
  names: ReadonlyMap<z.ZodType, string>,
  io: 'input' | 'output',
): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [schema, id] of names) {
    registry.add(schema, { id });
  }
  const { schemas } = z.toJSONSchema(registry, { io, uri: componentPath, unrepresentable: 'any' });
  const { __shared: shared, ...own } = schemas;
  return {
    ...Object.fromEntries(
      Object.entries(own).map(([name, schema]) => [name, tidy(schema, io) as JsonSchema]),
    ),
    ...Object.fromEntries(
      Object.entries(shared?.$defs ?? {}).map(([name, schema]) => [
        sharedName(name, io),
        tidy(schema, io) as JsonSchema, // an object goes in, so an object comes out
      ]),
    ),
  };
}

/** Zod files recursive schemas without a name under one shared document; here each is a component. */
const sharedName = (name: string, io: string): string => `${capitalised(io)}${capitalised(name)}`;
const SHARED_REF = /^(?:#\/components\/schemas\/__shared)?#\/\$defs\/(.+)$/;

function tidy(value: unknown, io: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => tidy(item, io));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '$schema' && key !== '$id' && key !== 'id')
      .map(([key, inner]) => {
        const found = key === '$ref' && typeof inner === 'string' ? SHARED_REF.exec(inner) : null;
        return [key, found?.[1] ? componentPath(sharedName(found[1], io)) : tidy(inner, io)];
      }),
  );
}

function onlyReferenced(
  all: Readonly<Record<string, JsonSchema>>,
  roots: readonly string[],
): Record<string, JsonSchema> {
  const kept = new Set<string>();
  const open = [...roots];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const schema = all[name];
    if (schema === undefined || kept.has(name)) {
      continue;
    }
    kept.add(name);
    const refs = JSON.stringify(schema).matchAll(/"#\/components\/schemas\/([^"]+)"/g);
    open.push(...[...refs].flatMap(([, ref]) => ref ?? []));
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => kept.has(name)));
}
