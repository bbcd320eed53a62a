import { readArguments } from './call-arguments.ts';
import { guarded } from './guarded.ts';
import { readPageLabels } from './page-views.ts';
import type { Tracker } from './tracker.ts';

/** Long enough for the batch to be on its way, so that a callback may navigate. */
const CALLBACK_MS = 20;

type Method = (...args: readonly unknown[]) => void;

/**
 * The methods of `window.tenth`, in the argument forms of analytics.js.
 *
 * @param onPageCall Hears of each `page`, the shop's own and the automatic one.
 */
export function createPublicApi(tracker: Tracker, onPageCall: () => void) {
  function call(maxTexts: number, run: (given: ReturnType<typeof readArguments>) => void): Method {
    return guarded((...args: readonly unknown[]) => {
      const given = readArguments(args, maxTexts);
      run(given);
      if (given.callback) {
        setTimeout(guarded(given.callback), CALLBACK_MS);
      }
    });
  }
  return {
    /** `page([[category], name], [properties], [options], [callback])` */
    page: call(2, ({ texts, fields, options }) => {
      onPageCall();
      const labels = readPageLabels();
      const name = texts[texts.length - 1] ?? labels.name;
      const category = (texts.length > 1 ? texts[0] : undefined) ?? labels.category;
      const { href, pathname, search } = location;
      const properties = {
        url: href,
        path: pathname,
        search,
        title: document.title,
        name,
        category,
        ...fields,
      };
      tracker.send('page', { name, category, properties }, options);
    }),
    /** `track(event, [properties], [options], [callback])` */
    track: call(1, ({ texts: [event], fields: properties, options }) => {
      if (event) {
        tracker.send('track', { event, properties }, options);
      }
    }),
    /** `identify([userId], [traits], [options], [callback])` */
    identify: call(1, ({ texts: [userId], fields: traits, options }) => {
      tracker.identify(userId);
      tracker.send('identify', { traits }, options);
    }),
    /** `group(groupId, [traits], [options], [callback])` */
    group: call(1, ({ texts: [groupId], fields: traits, options }) => {
      tracker.send('group', { groupId, traits }, options);
    }),
    /** `alias(userId, [previousId], [options], [callback])` */
    alias: call(2, ({ texts: [userId, previousId], fields: options }) => {
      const from = previousId ?? tracker.user().userId ?? tracker.user().anonymousId;
      tracker.identify(userId);
      tracker.send('alias', { previousId: from, userId }, options);
    }),
    reset: guarded(tracker.reset),
    ready: guarded((callback: unknown) => {
      if (typeof callback === 'function') {
        setTimeout(guarded(callback as () => void), 0);
      }
    }),
    /** The visitor's answer, remembered for the next pages. */
    consent: guarded((isGranted: unknown) => tracker.consent(isGranted === true)),
    user: tracker.user,
  };
}

export type PublicApi = ReturnType<typeof createPublicApi>;
