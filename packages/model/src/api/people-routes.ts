import { z } from 'zod';
import { consentRecord, consentUpdate, currentConsent } from '../consent-record.ts';
import { decisionTrace } from '../decision.ts';
import { explanation } from '../explanation.ts';
import { campaignId, messageId, segmentId } from '../ids.ts';
import { isoTime } from '../iso-time.ts';
import { merge } from '../merge.ts';
import { person, personRef, personSummary } from '../person.ts';
import { timelineEvent } from '../timeline-event.ts';
import { byId, byPerson, pageSize } from './fields.ts';
import type { Route } from './route.ts';

export const peopleRoutes = {
  listPeople: {
    method: 'GET',
    path: '/api/v1/people',
    tag: 'People',
    summary: 'Search people by id, e-mail or name; the latest first',
    access: 'read_people',
    query: z.strictObject({
      search: z.string().max(255).optional(),
      segmentId: segmentId.optional(),
      limit: pageSize,
      before: z.string().max(100).optional().describe('Cursor: `next` of the page before'),
    }),
    reply: z.strictObject({ people: z.array(personSummary), next: z.string().nullable() }),
  },
  getPerson: {
    method: 'GET',
    path: '/api/v1/people/:person',
    tag: 'People',
    summary: 'The profile of a person: userId:ID, anonymousId:ID or profileId:ID',
    access: 'read_people',
    ...byPerson,
    reply: person,
  },
  listPersonEvents: {
    method: 'GET',
    path: '/api/v1/people/:person/events',
    tag: 'People',
    summary: "A person's timeline, the latest first, each event with its decisions",
    access: 'read_people',
    ...byPerson,
    query: z.strictObject({ limit: pageSize, before: z.string().max(100).optional() }),
    reply: z.strictObject({ events: z.array(timelineEvent), next: z.string().nullable() }),
  },
  explainPerson: {
    method: 'GET',
    path: '/api/v1/people/:person/campaigns/:campaignId',
    tag: 'People',
    summary: 'Every moment at which a campaign was considered for a person, and why or why not',
    access: 'read_people',
    params: z.strictObject({ person: personRef, campaignId }),
    reply: z.strictObject({
      moments: z.array(
        z.strictObject({
          at: isoTime,
          messageId: z.string(),
          event: z.string(),
          planVersion: z.number().int(),
          outcome: decisionTrace.shape.considered.element.shape.outcome,
        }),
      ),
    }),
  },
  explainMoment: {
    method: 'GET',
    path: '/api/v1/people/:person/explain',
    tag: 'People',
    summary:
      'A past decision, made again from the event log: what each condition saw, and the smallest change that turns it',
    access: 'read_people',
    ...byPerson,
    query: z.strictObject({
      campaignId: campaignId
        .optional()
        .describe(
          'This campaign alone, at the last event that put it up; all of them unless given',
        ),
      at: isoTime
        .optional()
        .describe('The last decision up to this moment is explained; now unless given'),
      messageId: messageId.optional().describe('The decision on this event instead'),
    }),
    reply: explanation,
  },
  listPersonConsents: {
    method: 'GET',
    path: '/api/v1/people/:person/consents',
    tag: 'People',
    summary:
      'What a person agreed to and took back: what stands now, and each answer as it was given',
    access: 'read_people',
    ...byPerson,
    reply: z.strictObject({
      current: z.array(currentConsent),
      records: z.array(consentRecord).describe('The earliest first'),
    }),
  },
  addPersonConsents: {
    method: 'POST',
    path: '/api/v1/people/:person/consents',
    tag: 'People',
    summary: 'Write down what a person agreed to or took back elsewhere',
    access: 'write_people',
    ...byPerson,
    body: consentUpdate,
    reply: z.strictObject({
      current: z.array(currentConsent),
      records: z.array(consentRecord),
    }),
  },
  listPersonMerges: {
    method: 'GET',
    path: '/api/v1/people/:person/merges',
    tag: 'People',
    summary: 'Which profiles were merged into this person, and when',
    access: 'read_people',
    ...byPerson,
    reply: z.strictObject({ merges: z.array(merge) }),
  },
  undoMerge: {
    method: 'POST',
    path: '/api/v1/merges/:id/undo',
    tag: 'People',
    summary: 'Give back both profiles of a merge',
    access: 'write_people',
    ...byId,
    reply: z.strictObject({ survivorId: z.string(), restoredId: z.string() }),
  },
  listRecentEvents: {
    method: 'GET',
    path: '/api/v1/events',
    tag: 'Events',
    summary: 'The latest events of the workspace',
    access: 'read_people',
    query: z.strictObject({ limit: pageSize }),
    reply: z.strictObject({ events: z.array(timelineEvent) }),
  },
} as const satisfies Record<string, Route>;
