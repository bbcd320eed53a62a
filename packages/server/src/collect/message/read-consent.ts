import type { ConsentState } from '@tenth/model/consent.ts';
import { type ConsentPurpose, consentPurposes } from '@tenth/model/consent-record.ts';
import { isJsonObject, type Json, type JsonObject } from '@tenth/model/json.ts';
import { purposeOf } from './read-consent-answers.ts';

/** Purposes that say whether a shop may personalise, the nearest first; `_` and case do not count. */
const PURPOSES = ['personalization', 'personalisation', 'functional', 'analytics'];

/** What is sent or handed on, and what needs no consent. */
const ELSEWHERE: ReadonlySet<ConsentPurpose> = new Set([
  ...consentPurposes.filter((purpose) => /^(?:marketing|night)_/.test(purpose)),
  'third_party',
  'necessary',
]);

/**
 * What the visitor allows. An answer given on this site outranks the browser's general signal
 * (Global Privacy Control), which without an answer is a no.
 *
 * @param hasPrivacyControl The request came with `Sec-GPC: 1`.
 */
export function readConsent(context: JsonObject, hasPrivacyControl: boolean): ConsentState {
  const answer = readAnswer(context.consent);
  if (answer !== 'unknown') {
    return answer;
  }
  return hasPrivacyControl || context.gpc === true ? 'denied' : 'unknown';
}

/**
 * `granted`, `true`, `{status: 'granted'}`, Segment's `{categoryPreferences: {Analytics: true}}` or
 * Google's `{personalization_storage: 'denied'}`.
 */
function readAnswer(value: Json | undefined): ConsentState {
  if (!isJsonObject(value)) {
    return readWord(value);
  }
  const said = readWord(value.status ?? value.state);
  if (said !== 'unknown') {
    return said;
  }
  return readPurposes(isJsonObject(value.categoryPreferences) ? value.categoryPreferences : value);
}

function readPurposes(purposes: JsonObject): ConsentState {
  const answers = Object.entries(purposes)
    .filter(([name]) => !isElsewhere(name))
    .map(([name, value]): [string, ConsentState] => [name.toLowerCase(), readWord(value)])
    .filter(([, answer]) => answer !== 'unknown');
  for (const purpose of PURPOSES) {
    const answer = answers.find(([name]) => name.startsWith(purpose))?.[1];
    if (answer !== undefined) {
      return answer;
    }
  }
  // Categories with names we cannot know (OneTrust's C0003): any no is taken for a no.
  if (answers.length === 0) {
    return 'unknown';
  }
  return answers.every(([, answer]) => answer === 'granted') ? 'granted' : 'denied';
}

/** Whether the answer is about something else than the shop's own pages: a no to e-mails is none to these. */
function isElsewhere(name: string): boolean {
  const purpose = purposeOf(name);
  return purpose !== undefined && ELSEWHERE.has(purpose);
}

function readWord(value: Json | undefined): ConsentState {
  if (value === 'granted' || value === true) {
    return 'granted';
  }
  return value === 'denied' || value === 'withdrawn' || value === false ? 'denied' : 'unknown';
}
