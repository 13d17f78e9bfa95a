/** Who is signed in, as the access token says. For what the page shows only: the services check the token themselves. */
export interface Identity {
  readonly name: string;
  readonly roles: readonly string[];
}

/** Reads the claims of a JSON Web Token without verifying it; null when it is none. */
export function claimsOf(token: string): Record<string, unknown> | null {
  const payload = token.split('.')[1];
  if (!payload) return null;
  try {
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === 'object' && claims !== null ? (claims as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** The identity in an access token: Keycloak puts realm roles under `realm_access`, others under `roles`. */
export function identityOf(token: string): Identity {
  const claims = claimsOf(token) ?? {};
  const name = [claims.name, claims.preferred_username, claims.sub].find((v) => typeof v === 'string' && v.trim());
  const realm = claims.realm_access as { roles?: unknown } | undefined;
  const roles = [realm?.roles, claims.roles].flatMap((list) => (Array.isArray(list) ? list : []));
  return { name: typeof name === 'string' ? name : 'Signed in', roles: roles.filter((r) => typeof r === 'string') };
}

/** Whether the studio is for them. */
export function mayProduce(identity: Identity | null): boolean {
  return identity?.roles.some((role) => role === 'producer' || role === 'admin') ?? false;
}
