import type { ConsentAnswer, ConsentPurpose } from '@tenth/model/consent-record.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import { LRUCache } from 'lru-cache';
import { identifiersOf } from '../identify/identifier.ts';
import type { ConsentStore, NewConsent } from './ports.ts';

/** What an event says of consent, beside the event. */
export interface ConsentingEvent {
  readonly event: SiteEvent;
  readonly answers: ReadonlyMap<ConsentPurpose, ConsentAnswer>;
  readonly textVersion: string | undefined;
  readonly source: string | undefined;
}

/** A browser says the same with every event; it is written down once. */
const MOST_REMEMBERED = 50_000;

interface Waiting {
  readonly consents: readonly NewConsent[];
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Keeps what people agreed to and took back, as they said it. Requests that come while others are being
 * written down are written together. Of somebody whom no profile knows nothing is kept.
 */
export class Consents {
  readonly #store: ConsentStore;
  /** What a person said last, by the identifiers of the event. */
  readonly #said = new LRUCache<string, string>({ max: MOST_REMEMBERED });
  #waiting: Waiting[] = [];
  #isWriting = false;

  constructor(store: ConsentStore) {
    this.#store = store;
  }

  /** @returns Once it is stored. */
  async note(workspaceId: WorkspaceId, events: readonly ConsentingEvent[]): Promise<void> {
    const news = new Map<string, NewConsent[]>();
    const said = new Map<string, string>();
    for (const consenting of events) {
      const consents = consentsOf(workspaceId, consenting);
      const key = keyOf(workspaceId, consenting.event);
      const saying = sayingOf(consenting);
      if (consents.length > 0 && (said.get(key) ?? this.#said.get(key)) !== saying) {
        said.set(key, saying);
        news.set(`${key}\n${saying}`, consents);
      }
    }
    if (news.size > 0) {
      await this.#write([...news.values()].flat());
      for (const [key, saying] of said) {
        this.#said.set(key, saying);
      }
    }
  }

  #write(consents: readonly NewConsent[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ consents, resolve, reject });
      void this.#pump();
    });
  }

  async #pump(): Promise<void> {
    if (this.#isWriting) {
      return;
    }
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const round = this.#waiting;
      this.#waiting = [];
      try {
        await this.#store.append(round.flatMap(({ consents }) => consents));
        for (const one of round) {
          one.resolve();
        }
      } catch (error) {
        for (const one of round) {
          one.reject(error);
        }
      }
    }
    this.#isWriting = false;
  }
}

function consentsOf(
  workspaceId: WorkspaceId,
  { event, answers, textVersion, source }: ConsentingEvent,
): NewConsent[] {
  const { user, anonymous } = identifiersOf(event);
  const identifier = user ?? anonymous;
  const { type, os, browser } = event.device;
  return identifier === undefined || event.isBot
    ? []
    : [...answers].map(([purpose, state]) => ({
        workspaceId,
        identifier,
        purpose,
        state,
        at: event.at,
        receivedAt: event.receivedAt,
        textVersion,
        source,
        pageUrl: event.page?.url || undefined,
        device: [type, os, browser].filter((part) => part !== '').join(', '),
        anonymousId: event.anonymousId,
        messageId: event.messageId,
        givenBy: 'event',
      }));
}

function keyOf(workspaceId: WorkspaceId, { userId, anonymousId }: SiteEvent): string {
  return JSON.stringify([workspaceId, userId, anonymousId]);
}

function sayingOf({ answers, textVersion, source }: ConsentingEvent): string {
  return JSON.stringify([[...answers].sort(), textVersion, source]);
}
