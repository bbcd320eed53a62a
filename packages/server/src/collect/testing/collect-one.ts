import type { SiteEvent } from '@tenth/model/event.ts';
import { privacySettings } from '@tenth/model/privacy-settings.ts';
import {
  type CollectInput,
  type CollectRequest,
  type CollectResult,
  collectBatch,
} from '../collect.ts';
import { compileCollectSettings } from '../settings.ts';

export const receivedAt = Date.UTC(2026, 4, 1, 12);

export const noSettings = compileCollectSettings({
  referrerRules: [],
  internalHosts: [],
  identity: 'unsigned',
  privacy: privacySettings.parse({}),
});

export const DESKTOP_CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36';

/** A request of a browser with nothing special about it. */
export function aRequest(changes: Partial<CollectRequest> = {}): CollectRequest {
  return {
    userAgent: DESKTOP_CHROME,
    clientHints: {},
    ip: '203.0.113.7',
    referer: '',
    origin: '',
    gpc: false,
    ...changes,
  };
}

/** Collects a body with the defaults above; generated message ids are `generated-1`, `generated-2` … */
export function collect(body: unknown, changes: Partial<CollectInput> = {}): CollectResult {
  let made = 0;
  return collectBatch({
    body,
    endpoint: 'batch',
    receivedAt,
    request: aRequest(),
    settings: noSettings,
    verifyUserHash: () => false,
    isTrusted: false,
    newMessageId: () => {
      made += 1;
      return `generated-${made}`;
    },
    ...changes,
  });
}

/** The event that one message becomes; throws with the reason where it is refused. */
export function collectOne(message: object, changes: Partial<CollectInput> = {}): SiteEvent {
  const { accepted, rejected } = collect({ batch: [message] }, changes);
  const [first] = accepted;
  if (first === undefined) {
    throw new Error(`not accepted: ${JSON.stringify(rejected)}`);
  }
  return first.event;
}

/** The field and reason for which one message is refused. */
export function refusalOf(message: object): { field: string; reason: string } | undefined {
  const [first] = collect({ batch: [message] }).rejected;
  return first && { field: first.field, reason: first.reason };
}

/** The least that is an event. */
export function aTrack(changes: object = {}): object {
  return { type: 'track', event: 'Tested', anonymousId: 'a-1', ...changes };
}
