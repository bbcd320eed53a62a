import type { Decision } from '@tenth/model/decision.ts';
import type { messageEvents } from '@tenth/model/event.ts';
import type { BrandTokens } from '@tenth/model/workspace.ts';
import type { FeatureHost } from '../core/feature.ts';
import type { Message } from './decision-guard.ts';
import { createDrawing, type Drawing, type DrawingEvents } from './drawing.ts';
import type { Placing } from './formats/placing.ts';
import { placingFor, slotOf } from './formats/placing-for.ts';
import { isPageDark } from './page-darkness.ts';
import { whenSeen } from './when-seen.ts';

// Spelled out, because importing them would bring the schema library along; the types keep them equal.
const SEEN: typeof messageEvents.seen = 'Message Seen';
const CLICKED: typeof messageEvents.clicked = 'Message Clicked';
const DISMISSED: typeof messageEvents.dismissed = 'Message Dismissed';

interface Shown {
  readonly drawing: Drawing;
  readonly placing: Placing;
  readonly slot: string;
  /** It has been on the page: an inline message may still wait for its place. */
  isDrawn: boolean;
  stopLooking: () => void;
}

/** One decision on this page, from its arrival until it is closed. */
interface Entry {
  message: Message;
  /** Only a message that was never drawn can come too late; one that the server renews is still right. */
  expires: boolean;
  /** Stays when the visitor goes to another page, until the server withdraws it. */
  stays: boolean;
  shown: Shown | undefined;
  hasBeenSeen: boolean;
}

/** Keeps what is on the page in line with the server's decisions. */
export interface Stage {
  apply(decision: Decision): void;
  setBrand(brand: BrandTokens): void;
  /** Takes away what belongs to the page that was left. It was not dismissed, and is not reported. */
  leavePage(): void;
  clear(): void;
}

export function createStage(host: FeatureHost, firstBrand: BrandTokens): Stage {
  let brand = firstBrand;
  /** In the order they came, which is the order they are shown in. */
  const entries = new Map<string, Entry>();
  /** Dismissed or followed on this page: an update that was on its way does not bring it back. */
  const closed = new Set<string>();
  /** Still fading out: their slots are not free yet. */
  const leaving = new Set<Shown>();

  function track(entry: Entry, event: string, more: Readonly<Record<string, string>> = {}): void {
    const { decisionId, campaignId, variantId } = entry.message;
    host.track(event, {
      decision_id: decisionId,
      campaign_id: campaignId,
      variant_id: variantId,
      ...more,
    });
  }

  function hide(entry: Entry): void {
    const { shown } = entry;
    entry.shown = undefined;
    if (shown) {
      shown.stopLooking();
      shown.drawing.end();
      leaving.add(shown);
      shown.placing.take(shown.drawing, () => {
        leaving.delete(shown);
        fillSlots();
      });
    }
  }

  /** All go before one fades out: the slot that it leaves is for none of the others. */
  function drop(isGone: (entry: Entry) => boolean): void {
    const gone = [...entries].filter(([, entry]) => isGone(entry));
    for (const [decisionId] of gone) {
      entries.delete(decisionId);
    }
    for (const [, entry] of gone) {
      hide(entry);
    }
  }

  function close(entry: Entry): void {
    const { decisionId } = entry.message;
    if (entries.get(decisionId) === entry) {
      entries.delete(decisionId);
      closed.add(decisionId);
      hide(entry);
    }
  }

  function eventsOf(entry: Entry): DrawingEvents {
    return {
      onClicked: (action) => track(entry, CLICKED, { action }),
      onFollowed: () => {
        // An inline message is part of the page and stays; a float would be in the way of the target.
        if (entry.message.format.kind !== 'inline') {
          close(entry);
        }
      },
      onDismissed: () => {
        if (entries.has(entry.message.decisionId)) {
          track(entry, DISMISSED);
          close(entry);
        }
      },
    };
  }

  function show(entry: Entry): void {
    const { message } = entry;
    const isInline = message.format.kind === 'inline';
    const events = eventsOf(entry);
    const placing = placingFor(message.format, events);
    const look = { brand, mayBeDark: !isInline || isPageDark() };
    const drawing = createDrawing(message, look, events);
    const slot = slotOf(message.format);
    const shown: Shown = {
      drawing,
      placing,
      slot,
      isDrawn: false,
      stopLooking: () => undefined,
    };
    entry.shown = shown;
    drawing.fill(message.content);
    placing.put(drawing, () => {
      // An inline place may turn up after the message has run out.
      if (isTooLate(entry)) {
        close(entry);
        return;
      }
      shown.isDrawn = true;
      shown.stopLooking = whenSeen(drawing.host, isInline, () => {
        if (!entry.hasBeenSeen) {
          entry.hasBeenSeen = true;
          track(entry, SEEN);
        }
      });
    });
  }

  function isTooLate({ expires, hasBeenSeen, message }: Entry): boolean {
    return expires && !hasBeenSeen && Date.now() > message.expiresAt;
  }

  function isTaken(slot: string): boolean {
    const there = [...leaving, ...[...entries.values()].map((entry) => entry.shown)];
    return there.some((shown) => shown?.slot === slot);
  }

  /** The page has dropped its element, as a framework does that draws its part of the page anew. */
  function isLost({ shown }: Entry): boolean {
    return shown?.isDrawn === true && !shown.drawing.host.isConnected;
  }

  /** Frees the slots of lost messages. Only one that stays is drawn again. */
  function freeLost(): void {
    drop((entry) => isLost(entry) && !entry.stays);
    for (const entry of entries.values()) {
      if (isLost(entry)) {
        hide(entry);
      }
    }
  }

  /** Shows the first that waits in each free slot, and drops those that ran out while waiting. */
  function fillSlots(): void {
    freeLost();
    for (const [decisionId, entry] of entries) {
      if (entry.shown || isTaken(slotOf(entry.message.format))) {
        continue;
      }
      if (isTooLate(entry)) {
        entries.delete(decisionId);
        continue;
      }
      try {
        show(entry);
      } catch (problem) {
        entries.delete(decisionId);
        hide(entry);
        host.report(problem);
      }
    }
  }

  /** The same message with other content; drawn again if the page has dropped its element. */
  function renew(entry: Entry, message: Message): void {
    const isSame = JSON.stringify(entry.message.content) === JSON.stringify(message.content);
    const hasMoved = JSON.stringify(entry.message.format) !== JSON.stringify(message.format);
    entry.message = message;
    const { shown } = entry;
    // Also one that still waits for its place: it looks for it anew on this page.
    if (hasMoved || shown?.drawing.host.isConnected === false) {
      hide(entry);
    } else if (shown && !isSame) {
      shown.drawing.fill(message.content);
    }
  }

  return {
    apply(decision) {
      const entry = entries.get(decision.decisionId);
      if (decision.action === 'withdraw') {
        entries.delete(decision.decisionId);
        if (entry) {
          hide(entry);
        }
      } else if (entry) {
        entry.stays ||= decision.action === 'update';
        renew(entry, decision);
      } else if (!closed.has(decision.decisionId)) {
        entries.set(decision.decisionId, {
          message: decision,
          expires: decision.action === 'show',
          stays: decision.action === 'update' || decision.staysOverPages === true,
          shown: undefined,
          hasBeenSeen: false,
        });
      }
      fillSlots();
    },
    setBrand(next) {
      brand = next;
    },
    leavePage: () => drop((entry) => !entry.stays),
    clear: () => drop(() => true),
  };
}
