import type { Broadcasts } from '../api/broadcasts';
import type { SignIn } from '../auth/sign-in';

/** What the pages share. */
export interface AppContext {
  readonly broadcasts: Broadcasts;
  readonly signIn: SignIn;
  /** Goes to an address of this app. */
  navigate(path: string): void;
  /** Leaves for the identity provider, or says why that is not possible. */
  startSignIn(): void;
}

/** A page while it is shown. */
export interface Page {
  readonly element: HTMLElement;
  /** Stops what the page started. */
  leave?(): void;
}
