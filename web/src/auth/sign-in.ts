import type { UserManager } from 'oidc-client-ts';
import { CALLBACK_PATH } from '../app/routes';
import { type Identity, identityOf } from './identity';
import type { Settings } from './settings';

/**
 * Signing in by OpenID Connect: authorization code with PKCE, renewed with the refresh token. The library is loaded only
 * for who is signed in or about to be, so that watching a public broadcast never waits for it. Everything lives in the
 * tab's session storage: a new tab signs in again, which the provider's own session makes one redirect.
 *
 * Fires `change` when someone signs in or out.
 */
export class SignIn extends EventTarget {
  private manager: Promise<UserManager> | null = null;
  private settings: Promise<Settings>;
  private accessToken: string | null = null;
  private who: Identity | null = null;
  /** Resolves once a sign-in kept from before has been restored, or there is none. Never rejects. */
  readonly ready: Promise<void>;

  constructor(settings: Promise<Settings>) {
    super();
    this.settings = settings;
    this.ready = this.restore().catch(() => undefined);
  }

  get identity(): Identity | null {
    return this.who;
  }

  /** Whether there is a provider to sign in with. */
  async available(): Promise<boolean> {
    return (await this.settings).oidc !== null;
  }

  /** The current access token, or null when signed out. */
  async token(): Promise<string | null> {
    await this.ready;
    return this.accessToken;
  }

  /** Leaves for the provider and comes back to this address. Rejects when the provider does not answer. */
  async start(): Promise<void> {
    const manager = await this.load();
    await manager.signinRedirect({ state: location.pathname + location.search });
  }

  /** Completes the return from the provider; resolves with the path to go on to. */
  async complete(): Promise<string> {
    const manager = await this.load();
    const user = await manager.signinRedirectCallback();
    this.adopt(user.access_token);
    return typeof user.state === 'string' && user.state.startsWith('/') && !user.state.startsWith('//')
      ? user.state
      : '/';
  }

  /** Signs out here and at the provider; if it does not answer, at least here. */
  async end(): Promise<void> {
    const manager = await this.load();
    try {
      await manager.signoutRedirect({ post_logout_redirect_uri: `${location.origin}/` });
    } catch {
      await manager.removeUser();
    }
    this.adopt(null);
  }

  private async restore(): Promise<void> {
    if (location.pathname === CALLBACK_PATH || !keptSignIn()) return;
    const user = await (await this.load()).getUser();
    if (user && !user.expired) this.adopt(user.access_token);
  }

  private load(): Promise<UserManager> {
    this.manager ??= this.create();
    this.manager.catch(() => {
      this.manager = null;
    });
    return this.manager;
  }

  private async create(): Promise<UserManager> {
    const { oidc } = await this.settings;
    if (!oidc) throw new Error('Signing in is not set up here, or the settings could not be loaded. Reload the page.');
    const { UserManager, WebStorageStateStore } = await import('oidc-client-ts');
    const manager = new UserManager({
      authority: oidc.authority,
      client_id: oidc.clientId,
      redirect_uri: `${location.origin}${CALLBACK_PATH}`,
      response_type: 'code',
      scope: 'openid profile',
      automaticSilentRenew: true,
      requestTimeoutInSeconds: 10,
      userStore: new WebStorageStateStore({ store: sessionStorage }),
      stateStore: new WebStorageStateStore({ store: sessionStorage }),
    });
    manager.events.addUserLoaded((user) => this.adopt(user.access_token));
    // A provider that is down for a while must not sign anyone out before the token really runs out.
    manager.events.addAccessTokenExpired(() => this.adopt(null));
    return manager;
  }

  private adopt(token: string | null): void {
    this.accessToken = token;
    this.who = token ? identityOf(token) : null;
    this.dispatchEvent(new Event('change'));
  }
}

/** Whether oidc-client-ts keeps a user in this tab (its key is `oidc.user:{authority}:{client}`). */
function keptSignIn(): boolean {
  try {
    return Object.keys(sessionStorage).some((key) => key.startsWith('oidc.user:'));
  } catch {
    return false; // storage is blocked: nobody can be kept
  }
}
