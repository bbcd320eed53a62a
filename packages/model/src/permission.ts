import { z } from 'zod';

/**
 * What somebody may do. Each route of the API names one of these; a role of a user and a scope of an API
 * key are sets of them, and nothing else decides.
 */
export const permissions = [
  /** Definitions and figures: nobody in particular. */
  'read',
  /** People: profiles, events, what was decided for them. */
  'read_people',
  /** Campaigns, segments, variables, attributes and lists. */
  'write',
  /** People: merges undone, people erased. */
  'write_people',
  /** The settings of the workspace. */
  'settings',
  /** Write keys and API keys. */
  'keys',
  /** Who may sign in, and as what. */
  'users',
  /** Who did what. */
  'audit',
  /** Events from a server of the shop, which is believed. */
  'collect',
] as const;
export const permission = z.enum(permissions);
export type Permission = z.infer<typeof permission>;

export const roles = ['owner', 'marketer', 'analyst', 'developer'] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

export const scopes = ['read', 'write', 'reports', 'collect'] as const;
export const scope = z.enum(scopes);
export type Scope = z.infer<typeof scope>;

export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  owner: permissions,
  marketer: ['read', 'read_people', 'write', 'write_people'],
  analyst: ['read', 'read_people'],
  developer: ['read', 'read_people', 'settings', 'keys', 'collect'],
};

/** No key can invite people or change what they may do: that takes somebody who has signed in. */
export const scopePermissions: Readonly<Record<Scope, readonly Permission[]>> = {
  read: ['read', 'read_people'],
  write: ['write', 'write_people', 'settings', 'keys', 'audit', 'collect'],
  reports: ['read'],
  collect: ['collect'],
};

/** The scopes of which one is enough. */
export function scopesWith(needed: Permission): readonly Scope[] {
  return scopes.filter((one) => scopePermissions[one].includes(needed));
}

export function permissionsOfScopes(granted: readonly Scope[]): ReadonlySet<Permission> {
  return new Set(granted.flatMap((one) => scopePermissions[one]));
}

/** Whether who may do this may give somebody such scopes: nobody gives more than they have. */
export function mayGive(held: ReadonlySet<Permission>, given: readonly Scope[]): boolean {
  return [...permissionsOfScopes(given)].every((one) => held.has(one));
}
