import {
  type ConsentAnswer,
  type ConsentPurpose,
  consentPurposes,
  mostSourceChars,
  mostTextVersionChars,
} from '@tenth/model/consent-record.ts';
import { isJsonObject, type Json, type JsonObject } from '@tenth/model/json.ts';

/** What a message says that the visitor agreed to or took back, by purpose. */
export interface ConsentAnswers {
  readonly answers: ReadonlyMap<ConsentPurpose, ConsentAnswer>;
  readonly textVersion: string | undefined;
  readonly source: string | undefined;
}

/** Names that others have for our purposes, in lower case without separators. */
const NAMES: ReadonlyMap<string, ConsentPurpose> = new Map<string, ConsentPurpose>([
  ...consentPurposes.map((purpose) => [purpose.replaceAll('_', ''), purpose] as const),
  ['personalization', 'personalisation'],
  // Google's consent mode.
  ['analyticsstorage', 'analytics'],
  ['personalizationstorage', 'personalisation'],
  ['adstorage', 'ads'],
  // Usual categories of consent banners, and Segment's examples.
  ['functional', 'personalisation'],
  ['advertising', 'ads'],
  ['targeting', 'ads'],
  ['performance', 'analytics'],
  ['emailmarketing', 'marketing_email'],
  ['smsmarketing', 'marketing_sms'],
  ['pushmarketing', 'marketing_push'],
]);

/**
 * Reads `context.consent`: Segment's `{categoryPreferences: {Analytics: true}}`, Google's
 * `{analytics_storage: 'denied'}`, or our purposes by name, with `textVersion` and `source` beside them.
 * Names that stand for no purpose of ours are left out.
 *
 * @returns undefined where nothing was answered.
 */
export function readConsentAnswers({ consent }: JsonObject): ConsentAnswers | undefined {
  if (!isJsonObject(consent)) {
    return undefined;
  }
  const { categoryPreferences } = consent;
  const said = isJsonObject(categoryPreferences) ? categoryPreferences : consent;
  const answers = new Map<ConsentPurpose, ConsentAnswer>();
  for (const [name, value] of Object.entries(said)) {
    const purpose = purposeOf(name);
    const answer = readAnswer(value);
    if (purpose !== undefined && answer !== undefined) {
      answers.set(purpose, answer);
    }
  }
  return answers.size === 0
    ? undefined
    : {
        answers,
        textVersion: readText(consent.textVersion, mostTextVersionChars),
        source: readText(consent.source, mostSourceChars),
      };
}

/** A purpose of ours by any of its names. */
export function purposeOf(name: string): ConsentPurpose | undefined {
  return NAMES.get(name.toLowerCase().replaceAll(/[^a-z]/g, ''));
}

function readAnswer(value: Json | undefined): ConsentAnswer | undefined {
  if (value === true || value === 'granted') {
    return 'granted';
  }
  return value === false || value === 'denied' || value === 'withdrawn' ? 'withdrawn' : undefined;
}

function readText(value: Json | undefined, mostChars: number): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, mostChars) : undefined;
}
