import { z } from 'zod';
import { isoTime } from './iso-time.ts';

/**
 * What a person can be asked for. Advertising by e-mail, text message, push and KakaoTalk is consented to
 * channel by channel, and between 21:00 and 08:00 once more (Network Act of Korea, article 50; e-mail is
 * exempt from the latter).
 */
export const consentPurposes = [
  'necessary',
  'analytics',
  'personalisation',
  'ads',
  'third_party',
  'marketing_email',
  'marketing_sms',
  'marketing_push',
  'marketing_kakao',
  'night_sms',
  'night_push',
  'night_kakao',
] as const;
export const consentPurpose = z.enum(consentPurposes);
export type ConsentPurpose = z.infer<typeof consentPurpose>;

export const consentAnswer = z.enum(['granted', 'withdrawn']);
export type ConsentAnswer = z.infer<typeof consentAnswer>;

const textVersion = z.string().min(1).max(100);
const source = z.string().min(1).max(200);

/** One answer, as it was given: the proof. Never changed. */
export const consentRecord = z.strictObject({
  purpose: consentPurpose,
  state: consentAnswer,
  at: isoTime.describe('When it was said'),
  receivedAt: isoTime,
  textVersion: z.string().nullable().describe('Which wording was agreed to'),
  source: z.string().nullable().describe('Where: the form, the banner, the call centre'),
  pageUrl: z.string().nullable(),
  device: z.string().nullable().describe('Type, system and browser'),
  anonymousId: z.string().nullable().describe('Of the device that said it'),
  messageId: z.string().nullable().describe('Of the event that said it'),
  givenBy: z.string().describe('event, or who wrote it down: api_key:ID, user:ID'),
});
export type ConsentRecord = z.infer<typeof consentRecord>;

/** What stands now, by the records. */
export const currentConsent = consentRecord.pick({
  purpose: true,
  state: true,
  at: true,
  textVersion: true,
  source: true,
});
export type CurrentConsent = z.infer<typeof currentConsent>;

/** Answers that a shop writes down for a person: from its own database, a call, a paper form. */
export const consentUpdate = z.strictObject({
  answers: z.partialRecord(consentPurpose, consentAnswer),
  at: isoTime.optional().describe('When they were given; now unless given, and never later'),
  textVersion: textVersion.optional(),
  source: source.optional(),
});
export type ConsentUpdate = z.infer<typeof consentUpdate>;

export const mostSourceChars = 200;
export const mostTextVersionChars = 100;
