import type { Watch } from '@tenth/model/collect-api.ts';
import type { watchEvents } from '@tenth/model/event.ts';
import type { Feature, FeatureHost } from '../core/feature.ts';
import { watchElementClicked, watchElementSeen } from './element.ts';
import { watchExitIntent } from './exit-intent.ts';
import { watchScrollDepth } from './scroll-depth.ts';
import { watchSilence } from './silence.ts';
import { watchTimeOnPage } from './time-on-page.ts';
import { isWatch } from './watch-guard.ts';

/** Spelled out, because importing the constants would bring the schema library along; the type keeps them equal. */
const NAMES: typeof watchEvents = {
  timeOnPage: 'Time On Page Reached',
  scrollDepth: 'Scroll Depth Reached',
  exitIntent: 'Exit Intent Detected',
  silence: 'Silence Reached',
  elementSeen: 'Element Seen',
  elementClicked: 'Element Clicked',
};

type Properties = Readonly<Record<string, string | number>>;

/** Starts one watch; `onFired` gets the event to report. */
function startWatch(
  watch: Watch,
  onFired: (event: string, properties: Properties) => void,
): () => void {
  switch (watch.kind) {
    case 'time_on_page':
      return watchTimeOnPage(watch, () => onFired(NAMES.timeOnPage, { seconds: watch.seconds }));
    case 'scroll_depth':
      return watchScrollDepth(watch, () => onFired(NAMES.scrollDepth, { percent: watch.percent }));
    case 'exit_intent':
      return watchExitIntent(watch, () => onFired(NAMES.exitIntent, {}));
    case 'silence':
      return watchSilence(watch, () => onFired(NAMES.silence, { seconds: watch.seconds }));
    case 'element_seen':
      return watchElementSeen(watch, () =>
        onFired(NAMES.elementSeen, { selector: watch.selector }),
      );
    case 'element_clicked':
      return watchElementClicked(watch, () =>
        onFired(NAMES.elementClicked, { selector: watch.selector }),
      );
  }
}

/** The chunk that looks out for what live campaigns asked for, each once a page view. */
export function start(host: FeatureHost): Feature {
  const running = new Map<string, () => void>();
  const fired = new Set<string>();
  let wanted: readonly Watch[] = [];

  function stop(key: string): void {
    running.get(key)?.();
    running.delete(key);
  }
  function stopAll(): void {
    for (const key of [...running.keys()]) {
      stop(key);
    }
  }
  /** Starts the new ones and stops those no longer asked for; what runs goes on counting. */
  function bringInLine(): void {
    const byKey = new Map(wanted.map((watch) => [JSON.stringify(watch), watch]));
    for (const key of [...running.keys()]) {
      if (!byKey.has(key)) {
        stop(key);
      }
    }
    for (const [key, watch] of byKey) {
      if (running.has(key) || fired.has(key)) {
        continue;
      }
      try {
        const onFired = (event: string, properties: Properties) => {
          if (!fired.has(key)) {
            fired.add(key);
            stop(key);
            host.track(event, properties);
          }
        };
        running.set(key, startWatch(watch, onFired));
      } catch (problem) {
        host.report(problem); // A selector that is not CSS.
      }
    }
  }

  return {
    receive({ settings }) {
      const { watches } = settings as { watches: readonly unknown[] };
      wanted = watches.filter(isWatch);
      bringInLine();
    },
    onPage() {
      stopAll();
      fired.clear();
      bringInLine();
    },
    onReset: () => undefined,
    stop() {
      // Nothing is wanted any more, or the next page would start it all again.
      wanted = [];
      stopAll();
    },
  };
}
