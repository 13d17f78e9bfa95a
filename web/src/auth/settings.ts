/** Run-time settings of this installation, from `GET /config.json`. */
export interface Settings {
  /** The identity provider, or null where signing in is not set up or the settings cannot be had. */
  readonly oidc: { readonly authority: string; readonly clientId: string } | null;
}

/** Fetches the settings. Never rejects: without them the app works signed out. */
export async function loadSettings(): Promise<Settings> {
  try {
    const response = await fetch('/config.json', { signal: AbortSignal.timeout(5000) });
    return response.ok ? settingsOf(await response.json()) : { oidc: null };
  } catch {
    return { oidc: null };
  }
}

/** Reads the settings document; what is missing or malformed counts as not set up. */
export function settingsOf(document: unknown): Settings {
  const oidc = (document as { oidc?: { authority?: unknown; clientId?: unknown } } | null)?.oidc;
  const { authority, clientId } = oidc ?? {};
  if (typeof authority !== 'string' || typeof clientId !== 'string' || !authority || !clientId) return { oidc: null };
  return { oidc: { authority, clientId } };
}
