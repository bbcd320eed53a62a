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
  stopLooking: () => void;
}

/** One decision on this page, from its arrival until it is closed. */
interface Entry {
  message: Message;
  /** Only a message that was never drawn can come too late; one that the server renews is still right. */
  expires: boolean;
  shown: Shown | undefined;
  hasBeenSeen: boolean;
}

/** Keeps what is on the page in line with the server's decisions. */
export interface Stage {
  apply(decision: Decision): void;
  setBrand(brand: BrandTokens): void;
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
    const shown: Shown = { drawing, placing, slot, stopLooking: () => undefined };
    entry.shown = shown;
    drawing.fill(message.content);
    placing.put(drawing, () => {
      // An inline place may turn up after the message has run out.
      if (entry.expires && !entry.hasBeenSeen && Date.now() > entry.message.expiresAt) {
        close(entry);
        return;
      }
      shown.stopLooking = whenSeen(drawing.host, isInline, () => {
        if (!entry.hasBeenSeen) {
          entry.hasBeenSeen = true;
          track(entry, SEEN);
        }
      });
    });
  }

  function isTaken(slot: string): boolean {
    const there = [...leaving, ...[...entries.values()].map((entry) => entry.shown)];
    return there.some((shown) => shown?.slot === slot);
  }

  /** Shows the first that waits in each free slot, and drops those that ran out while waiting. */
  function fillSlots(): void {
    for (const [decisionId, entry] of entries) {
      if (entry.shown || isTaken(slotOf(entry.message.format))) {
        continue;
      }
      if (entry.expires && Date.now() > entry.message.expiresAt) {
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
    const isLost = shown && !shown.drawing.host.isConnected;
    if (hasMoved || isLost) {
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
        renew(entry, decision);
      } else if (!closed.has(decision.decisionId)) {
        entries.set(decision.decisionId, {
          message: decision,
          expires: decision.action === 'show',
          shown: undefined,
          hasBeenSeen: false,
        });
      }
      fillSlots();
    },
    setBrand(next) {
      brand = next;
    },
    clear() {
      const all = [...entries.values()];
      entries.clear();
      all.forEach(hide);
    },
  };
}
