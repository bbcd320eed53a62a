import { eventType } from '@tenth/model/event.ts';
import { z } from 'zod';

/**
 * What clients may send, for readers of the API reference. The collector does not check with these: it
 * takes what Segment's clients send and says of each event what does not fit.
 */

const identifier = z.string().min(1).max(255);
const freeForm = z.record(z.string(), z.unknown());

const message = {
  anonymousId: identifier.optional().describe('This or userId is needed'),
  userId: identifier.optional(),
  messageId: z
    .string()
    .max(100)
    .optional()
    .describe(
      'The same id again within a day counts once; the server gives one where it is missing',
    ),
  timestamp: z.iso.datetime({ offset: true }).optional().describe('When it happened'),
  sentAt: z.iso
    .datetime({ offset: true })
    .optional()
    .describe("When the client sent it, by its own clock; corrects that clock's error"),
  event: z.string().max(200).optional().describe('Track: the name, such as Product Added'),
  name: z.string().max(200).optional().describe('Page and screen: the name'),
  category: z.string().max(200).optional().describe('Page: its kind, such as product or cart'),
  properties: freeForm.optional().describe('Track, page and screen: what belongs to it'),
  traits: freeForm.optional().describe('Identify and group: what is known'),
  previousId: identifier.optional().describe('Alias: the id until now'),
  groupId: identifier.optional().describe('Group: its id'),
  context: freeForm.optional().describe("Segment's context: page, campaign, locale, userAgent …"),
  integrations: freeForm.optional(),
};

const request = {
  writeKey: z.string().optional().describe('In place of Basic authentication, for beacons'),
  decide: z
    .boolean()
    .optional()
    .describe('Answer with what to show; nothing is for an event that is more than 30 s old'),
  settingsVersion: z
    .number()
    .int()
    .optional()
    .describe('Version of the settings the client has; newer ones come with the reply'),
};

export const messageBody = z.looseObject({ ...message, ...request });

export const batchBody = z.looseObject({
  batch: z
    .array(z.looseObject({ type: eventType, ...message }))
    .min(1)
    .max(2_500)
    .describe('At most 500 KB together, 32 KB each'),
  context: freeForm.optional().describe("Goes into each event's context"),
  integrations: freeForm.optional(),
  sentAt: message.sentAt,
  ...request,
});

const explain = z
  .boolean()
  .optional()
  .describe(
    'Answer with why each campaign was or was not shown, too; only with an API key that has the scopes read and collect',
  );

export const decideBody = z.union([
  z.looseObject({ type: eventType, ...message, ...request, explain }),
  batchBody.extend({ explain }),
]);
