import type { ConsentState } from '@tenth/model/consent.ts';
import type { EventType } from '@tenth/model/event.ts';
import type { CallOptions } from './call-arguments.ts';
import { type Permission, permissionFor } from './consent-gate.ts';
import { browser, readContext } from './event-context.ts';
import { createFeatures } from './feature-loader.ts';
import { guarded, report } from './guarded.ts';
import {
  type KnownSettings,
  keepSettings,
  parseSettings,
  readKeptSettings,
} from './kept-settings.ts';
import { newId } from './new-id.ts';
import { createOutbox } from './outbox.ts';
import type { OutgoingEvent } from './outgoing-event.ts';
import type { ScriptOptions } from './script-options.ts';
import { readKept, writeKept } from './site-storage.ts';
import { createVisitor } from './visitor.ts';

const CHOICE = 'tenth_consent';

/** Events kept in memory while the visitor has not answered yet. */
const MAX_HELD = 100;

interface Held {
  readonly event: OutgoingEvent;
  /** The shop has said when it happened. */
  readonly hasOwnTime: boolean;
}

function readChoice(): ConsentState | undefined {
  const stored = readKept(CHOICE);
  return stored === 'granted' || stored === 'denied' ? stored : undefined;
}

/** From a call on the page to the wire and back to the chunks: consent, identity, delivery. */
export interface Tracker {
  send(type: EventType, fields: Readonly<Record<string, unknown>>, options: CallOptions): void;
  identify(userId: string | undefined): void;
  reset(): void;
  /** Takes up what the visitor has answered since in another tab or on another host of the shop. */
  heed(): void;
  consent(isGranted: boolean): void;
  user(): { readonly anonymousId: string | undefined; readonly userId: string | undefined };
  /** The page changed without a load; its referrer is the page before. */
  navigated(previousUrl: string): void;
  flush(): void;
}

export function createTracker(options: ScriptOptions): Tracker {
  const visitor = createVisitor();
  let permission: Permission = { sending: 'refuse', isIdentifying: false };
  let choice: ConsentState = readChoice() ?? 'unknown';
  let held: Held[] = [];
  let settings: KnownSettings | undefined;
  let userHash = options.userHash;
  let referrer = document.referrer;
  /** Events of the page that is open now: for those of others there is nothing left to show. */
  let ofThisPage = new WeakSet<OutgoingEvent>();

  const outbox = createOutbox({
    url: `${options.endpoint}/v1/batch`,
    heed,
    wrap: (batchJson) =>
      `${JSON.stringify({
        writeKey: options.writeKey,
        decide: true,
        settingsVersion: settings?.version ?? 0,
        sentAt: new Date().toISOString(),
      }).slice(0, -1)},"batch":${batchJson}}`,
    onReply(reply, batch) {
      applySettings(parseSettings(reply.settings), true);
      const decisions = Array.isArray(reply.decisions)
        ? reply.decisions.filter((decision) => isInTime(decision, batch))
        : [];
      if (decisions.length) {
        const clockAheadMs = Date.now() - Number(reply.now) || 0;
        features.give('render', { settings, decisions, clockAheadMs });
      }
    },
  });

  const features = createFeatures(options.baseUrl, {
    report,
    // Called from the chunks' own listeners and timers: this is an outer edge, too.
    track: guarded((event, properties, messageId) =>
      send('track', { event, properties }, messageId ? { messageId } : {}),
    ),
  });

  /**
   * What was decided for somebody who has signed out since is nobody's any more, and what was to be
   * shown on an earlier page has no place on this one.
   */
  function isInTime(
    decision: { readonly action?: unknown; readonly messageId?: unknown } | null,
    batch: readonly OutgoingEvent[],
  ): boolean {
    const causes = batch.filter((event) => event.messageId === decision?.messageId);
    // The server answers events of its own, too, such as that somebody came into a segment: any of
    // the batch may have brought it about.
    return (causes.length ? causes : batch).every(
      (event) =>
        event.anonymousId === visitor.anonymousId() &&
        (decision?.action !== 'show' || ofThisPage.has(event)),
    );
  }

  function applySettings(next: KnownSettings | undefined, isNews: boolean): void {
    if (!next) {
      return;
    }
    const before = settings;
    settings = next;
    if (isNews && permission.isIdentifying) {
      keepSettings(settings);
    }
    const input = { settings, decisions: undefined, clockAheadMs: 0 };
    // Told as well when there is no longer anything to do.
    if (settings.watches.length || before?.watches.length) {
      features.give('watch', input);
    }
    if (settings.takeOverDataLayer || before?.takeOverDataLayer) {
      features.give('datalayer', input);
    }
  }

  function send(
    type: EventType,
    fields: Readonly<Record<string, unknown>>,
    call: CallOptions,
  ): void {
    heed();
    const { sending, isIdentifying } = permission;
    const isAboutPerson = type !== 'track' && type !== 'page';
    if (sending === 'refuse' || (sending === 'send' && !isIdentifying && isAboutPerson)) {
      return;
    }
    if (call.anonymousId) {
      visitor.setAnonymousId(call.anonymousId);
    }
    // Only what the shop itself signs reaches a person's data: the hash holds for the calls after it.
    userHash = (call.context?.userHash as string | undefined) ?? userHash;
    // A copy, as JSON will carry it: the shop may go on changing the object it gave.
    const event: OutgoingEvent = JSON.parse(
      JSON.stringify({
        type,
        messageId: call.messageId || newId(),
        anonymousId: visitor.anonymousId(),
        userId: visitor.userId(),
        timestamp: new Date(call.timestamp ?? Date.now()).toISOString(),
        ...fields,
        integrations: call.integrations,
        context: {
          ...readContext({ locale: options.locale, consent: choice, userHash, referrer }),
          ...call.context,
        },
      }),
    );
    ofThisPage.add(event);
    if (sending === 'send') {
      outbox.add(event);
    } else {
      held = [...held, { event, hasOwnTime: call.timestamp !== undefined }].slice(-MAX_HELD);
    }
  }

  /** Brings storage, queue and chunks in line with what the visitor allows now. */
  function applyConsent(): void {
    permission = permissionFor(options.consentMode, choice, browser.globalPrivacyControl === true);
    const { sending, isIdentifying } = permission;
    const waiting = held;
    if (sending === 'hold') {
      return;
    }
    held = [];
    visitor.keep(isIdentifying);
    outbox.keep(isIdentifying);
    if (!isIdentifying) {
      keepSettings(undefined);
      userHash = undefined;
    }
    if (sending === 'refuse') {
      outbox.drop();
      features.each((feature) => feature.stop());
      return;
    }
    applySettings(settings ?? (isIdentifying ? readKeptSettings() : undefined), false);
    for (const { event, hasOwnTime } of waiting) {
      const isHere = ofThisPage.has(event);
      const allowed = {
        ...event,
        // The visitor is still there, and is answered from the yes on, however long that took.
        timestamp: isHere && !hasOwnTime ? new Date().toISOString() : event.timestamp,
        anonymousId: visitor.anonymousId(),
        context: { ...event.context, consent: choice },
      };
      if (isHere) {
        ofThisPage.add(allowed);
      }
      outbox.add(allowed);
    }
  }

  /** Where nothing can be stored, the answer given on this page stands. */
  function heed(): void {
    const stored = readChoice() ?? choice;
    if (stored !== choice) {
      choice = stored;
      applyConsent();
    }
  }

  applyConsent();

  return {
    send,
    heed,
    identify(userId) {
      heed();
      // While events are held the name is kept in memory, to be stored with a yes.
      if (userId && (permission.isIdentifying || permission.sending === 'hold')) {
        visitor.setUserId(userId);
      }
    },
    reset() {
      heed();
      if (permission.sending !== 'refuse') {
        visitor.reset();
        userHash = undefined;
        features.each((feature) => feature.onReset());
      }
    },
    consent(isGranted) {
      choice = isGranted ? 'granted' : 'denied';
      writeKept(CHOICE, choice);
      applyConsent();
    },
    user: () => ({
      anonymousId: permission.sending === 'refuse' ? undefined : visitor.anonymousId(),
      userId: visitor.userId(),
    }),
    navigated(previousUrl) {
      referrer = previousUrl;
      const isElsewhere = new URL(previousUrl).pathname !== location.pathname;
      if (isElsewhere) {
        ofThisPage = new WeakSet();
      }
      features.each((feature) => feature.onPage(isElsewhere));
    },
    flush: outbox.flush,
  };
}
