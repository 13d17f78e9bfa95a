import './styles/base.css';
import './styles/shell.css';
import './styles/watch.css';
import './styles/player.css';
import './styles/library.css';
import './styles/studio.css';
import { Broadcasts } from './api/broadcasts';
import { ApiClient } from './api/client';
import { callbackPage } from './app/callback-page';
import { lazyPage } from './app/lazy-page';
import { notFoundPage } from './app/not-found-page';
import type { AppContext, Page } from './app/page';
import { Router } from './app/router';
import type { Route } from './app/routes';
import { shell } from './app/shell';
import { loadSettings } from './auth/settings';
import { SignIn } from './auth/sign-in';
import { libraryPage } from './library/page';
import { studioPage } from './studio/page';
import { toast } from './ui/toast';
import { resetHooks } from './watch/debug-hooks';

resetHooks(null);
const signIn = new SignIn(loadSettings());
const frame = shell(signIn, startSignIn);
const app: AppContext = {
  broadcasts: new Broadcasts(new ApiClient(() => signIn.token())),
  signIn,
  navigate: (path) => router.navigate(path),
  startSignIn,
};
const router = new Router(frame.outlet, pageFor, frame.shown);

function startSignIn(): void {
  signIn.start().catch((error: unknown) => {
    console.warn('Sign-in could not start', error);
    toast('The sign-in service does not answer. Try again in a moment; public broadcasts play without it.');
  });
}

function pageFor(route: Route): Page {
  switch (route.name) {
    case 'library':
      return libraryPage(route.query, app);
    case 'watch':
      return lazyPage(async () => (await import('./watch/page')).watchPage(route.id, route.at, app));
    case 'studio':
      return studioPage(app);
    case 'go-live':
      return lazyPage(async () => (await import('./studio/go-live')).goLivePage(route.id, app));
    case 'sign-in-callback':
      return callbackPage(signIn, (path) => router.navigate(path, true));
    case 'not-found':
      return notFoundPage();
  }
}

document.querySelector('#app')?.append(frame.element);
router.start();
