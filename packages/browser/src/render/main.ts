import type { Feature, FeatureHost } from '../core/feature.ts';
import { isDecision } from './decision-guard.ts';
import { readBrand } from './palette.ts';
import { createStage } from './stage.ts';
import { byVisitorsClock } from './visitors-clock.ts';

/** The chunk that draws messages, loaded when the first one has been decided. */
export function start(host: FeatureHost): Feature {
  const stage = createStage(host, readBrand(undefined));
  return {
    receive({ settings, decisions, clockAheadMs }) {
      const brand = (settings as { brand?: unknown } | null | undefined)?.brand;
      stage.setBrand(readBrand(brand));
      for (const decision of Array.isArray(decisions) ? decisions : []) {
        if (isDecision(decision)) {
          stage.apply(byVisitorsClock(decision, clockAheadMs));
        } else {
          host.report('a decision of an unknown shape');
        }
      }
    },
    onPage(isElsewhere) {
      if (isElsewhere) {
        stage.leavePage();
      }
    },
    onReset: stage.clear,
    stop: stage.clear,
  };
}
