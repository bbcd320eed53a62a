import type { ReferrerRule } from '@tenth/model/channel.ts';
import type { PrivacySettings } from '@tenth/model/privacy-settings.ts';
import type { WorkspaceSettings } from '@tenth/model/workspace.ts';
import { notArrivalHosts } from './data/not-arrivals.ts';
import type { Minimisation } from './minimise/minimise-message.ts';

/** A workspace's settings as `collect` reads them: hosts in tables instead of lists. */
export interface CompiledCollectSettings {
  /** By host in lower case; of two rules for one host the first counts. */
  readonly rulesByHost: ReadonlyMap<string, ReferrerRule>;
  /** The shop's own hosts, and pages of payment and sign-in that visitors come back from. */
  readonly internalHosts: ReadonlySet<string>;
  /** A userId counts with a valid signature only. */
  readonly isSignedOnly: boolean;
  /** Undefined where everything may come in as it is. */
  readonly minimisation: Minimisation | undefined;
}

/** Done once for each version of the settings, never for each request. */
export function compileCollectSettings(
  settings: Pick<WorkspaceSettings, 'referrerRules' | 'internalHosts' | 'identity' | 'privacy'>,
): CompiledCollectSettings {
  const rulesByHost = new Map<string, ReferrerRule>();
  for (const rule of settings.referrerRules) {
    const host = rule.host.toLowerCase();
    if (!rulesByHost.has(host)) {
      rulesByHost.set(host, rule);
    }
  }
  const own = settings.internalHosts.map((host) => host.toLowerCase());
  return {
    rulesByHost,
    internalHosts: new Set([...notArrivalHosts, ...own]),
    isSignedOnly: settings.identity === 'signed',
    minimisation: minimisationOf(settings.privacy),
  };
}

function minimisationOf({ isPseudonymous, dropped }: PrivacySettings): Minimisation | undefined {
  const isDropping = Object.values(dropped).some((paths) => paths.length > 0);
  return isPseudonymous || isDropping ? { isPseudonymous, dropped } : undefined;
}
