import type { View } from './view-state';

/** What the stage says when it shows no picture, or beside the picture. */
export interface Wording {
  readonly heading: string;
  readonly text: string;
  readonly action: 'sign-in' | 'retry' | 'library' | 'watch-again' | null;
}

/** Short name of the state, for the chip beside the title. */
export function stateLabel(view: View): string {
  switch (view.state) {
    case 'live':
      return 'Live';
    case 'behind':
      return 'Live, behind';
    case 'away':
      return view.reason === 'stalled' ? 'Reconnecting' : 'Presenter away';
    case 'replay':
      return 'Replay';
    case 'ended':
      return 'Ended';
    case 'waiting':
      if (view.reason === 'connecting') return 'Connecting';
      if (view.reason === 'preparing') return 'Preparing';
      return view.reason === 'scheduled' ? 'Scheduled' : 'Waiting';
    case 'signin':
      return 'Sign in';
    case 'denied':
      return 'Not allowed';
    case 'error':
      return view.reason === 'cancelled' ? 'Cancelled' : view.reason === 'not-found' ? 'Not found' : 'Interrupted';
  }
}

/** The message of a state; null for those that show the picture alone. */
export function wordingOf(view: View): Wording | null {
  switch (view.state) {
    case 'live':
    case 'behind':
    case 'replay':
      return null;
    case 'away':
      return view.reason === 'stalled'
        ? say('Reconnecting', 'The broadcast has paused on its way here. It goes on by itself.')
        : say('The presenter is away', 'They have lost the connection or taken a break. It goes on here by itself.');
    case 'ended':
      return say(
        'The broadcast has ended',
        'You can watch it again, from any moment, at this same address.',
        'watch-again',
      );
    case 'waiting':
      return wordingOfWaiting(view);
    case 'signin':
      return say('Sign in to watch', 'This broadcast is for people with an account here.', 'sign-in');
    case 'denied':
      return say(
        'You are not in the audience',
        'Your account may not watch this broadcast. Ask whoever invited you to add you, then try again.',
        'retry',
      );
    case 'error':
      return wordingOfError(view);
  }
}

function wordingOfWaiting(view: View): Wording | null {
  switch (view.reason) {
    case 'connecting':
      return say('', '');
    case 'scheduled':
      return say('Not started yet', 'Leave this page open: the broadcast starts here by itself.');
    case 'preparing':
      return say('The recording is being prepared', 'Leave this page open: it plays here as soon as it is ready.');
    default:
      return say('Waiting for the presenter', 'Leave this page open: the broadcast starts here by itself.');
  }
}

function wordingOfError(view: View): Wording {
  switch (view.reason) {
    case 'cancelled':
      return say('This broadcast was cancelled', 'Ask whoever invited you whether there is a new date.', 'library');
    case 'not-found':
      return say(
        'There is no such broadcast',
        'Check the address, or look for the broadcast in the library.',
        'library',
      );
    case 'unsupported':
      return say('This browser cannot play it', 'Use a current version of Chrome, Edge, Firefox or Safari.');
    case 'media':
      return say('The picture cannot be shown', 'Trying again. If it stays like this, reload the page.', 'retry');
    default:
      return say(
        'The connection is interrupted',
        'Trying again by itself. If it stays like this, check your network connection.',
        'retry',
      );
  }
}

function say(heading: string, text: string, action: Wording['action'] = null): Wording {
  return { heading, text, action };
}
