import { demoPlan } from '@tenth/demo-shop/plan.ts';
import { type WorkspaceId, workspaceId } from '@tenth/model/ids.ts';
import { type PlanDefinition, planDefinition } from '@tenth/model/plan.ts';
import type { KeyKind, KeyStore } from '../admin/ports.ts';
import type { Publisher } from '../admin/publisher.ts';
import { hashSecret, newKeyId } from '../admin/secrets.ts';

export const demoWorkspaceId: WorkspaceId = workspaceId.parse('demo');

export interface DemoAddresses {
  readonly shopOrigin: string;
  readonly portalOrigin: string;
}

/** The demo shop's settings, segments and campaigns, checked. */
export function demoSeed({ shopOrigin, portalOrigin }: DemoAddresses): PlanDefinition {
  return planDefinition.parse({
    version: 1,
    ...demoPlan({
      portalHost: new URL(portalOrigin).host,
      shopHost: new URL(shopOrigin).host,
    }),
  });
}

/** After a start on other ports: the hosts in the settings follow, all else stays as it was edited. */
export async function followHosts(
  publisher: Publisher,
  current: PlanDefinition,
  addresses: DemoAddresses,
): Promise<void> {
  const { internalHosts, referrerRules } = demoSeed(addresses).settings;
  const own = new Set(internalHosts);
  if (current.settings.internalHosts.some((host) => own.has(host))) {
    return;
  }
  await publisher.publish(demoWorkspaceId, {
    path: 'settings',
    apply: (plan) => ({ ...plan, settings: { ...plan.settings, internalHosts, referrerRules } }),
  });
}

/** Puts the demo's keys in place, unless they are there from an earlier start. */
export async function ensureDemoKeys(
  keys: KeyStore,
  secrets: { readonly writeKey: string; readonly apiKey: string },
  now: number,
): Promise<void> {
  const ensure = async (kind: KeyKind, name: string, secret: string) => {
    const stored = kind === 'write_key' ? secret : hashSecret(secret);
    if ((await keys.findBySecret(kind, stored, now)) === undefined) {
      await keys.insert(demoWorkspaceId, {
        id: newKeyId(),
        name,
        kind,
        prefix: secret.slice(0, 8),
        scopes: kind === 'write_key' ? [] : ['read', 'write'],
        secret: stored,
        previous: undefined,
        origins: [],
        createdAt: now,
        lastUsedAt: undefined,
        expiresAt: undefined,
      });
    }
  };
  await ensure('write_key', 'Demo shop', secrets.writeKey);
  await ensure('api_key', 'Demo', secrets.apiKey);
}
