import type { ConsentAnswer, ConsentPurpose } from '@tenth/model/consent-record.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import { identifiersOf } from '../identify/identifier.ts';
import type { ConsentStore, NewConsent } from './ports.ts';

/** What an event says of consent, beside the event. */
export interface ConsentingEvent {
  readonly event: SiteEvent;
  readonly answers: ReadonlyMap<ConsentPurpose, ConsentAnswer>;
  readonly textVersion: string | undefined;
  readonly source: string | undefined;
}

interface Waiting {
  readonly consents: readonly NewConsent[];
  resolve(): void;
  reject(error: unknown): void;
}

/**
 * Keeps what people agreed to and took back, as they said it. Browsers repeat it with every event; the store
 * tells what is news (`pickNews`), for no memory of one node knows what was said to another, or by the API.
 * Requests that come while others are being written down are written together, so that a repetition costs a
 * share in one read. Of somebody whom no profile knows nothing is kept.
 */
export class Consents {
  readonly #store: ConsentStore;
  #waiting: Waiting[] = [];
  #isWriting = false;

  constructor(store: ConsentStore) {
    this.#store = store;
  }

  /** @returns Once it is stored. */
  async note(workspaceId: WorkspaceId, events: readonly ConsentingEvent[]): Promise<void> {
    const consents = events.flatMap((event) => consentsOf(workspaceId, event));
    if (consents.length > 0) {
      await this.#write(consents);
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
