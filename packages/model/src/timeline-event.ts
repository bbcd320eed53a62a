import { z } from 'zod';
import { decisionTrace } from './decision.ts';
import { isoTime } from './iso-time.ts';
import { json } from './json-schema.ts';

export const timelineEvent = z.strictObject({
  messageId: z.string(),
  at: isoTime,
  type: z.string(),
  name: z.string(),
  profileId: z.string(),
  userId: z.string().nullable(),
  anonymousId: z.string().nullable(),
  sessionId: z.string(),
  channel: z.string(),
  source: z.string(),
  device: z.string(),
  isBot: z.boolean(),
  pagePath: z.string(),
  properties: z.record(z.string(), json),
  trace: decisionTrace.nullable().describe('Why each campaign was or was not shown at this event'),
});
export type TimelineEvent = z.infer<typeof timelineEvent>;

/** `GET` of it sends each committed event as a server-sent event of {@link timelineEvent}. */
export const eventStreamPath = '/api/v1/events/stream';
