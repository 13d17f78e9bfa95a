import type { Broadcast, Ingest } from '../api/broadcasts';
import { goLivePath, watchPath } from '../app/routes';
import { h } from '../ui/dom';
import { toast } from '../ui/toast';

/** How to send to a broadcast: addresses, the key (shown this once), OBS and ffmpeg. */
export function ingestPanel(broadcast: Broadcast, ingest: Ingest & { streamKey: string }): HTMLElement {
  const watchUrl = new URL(watchPath(broadcast.id), location.origin).href;
  const command = `ffmpeg -re -i talk.mp4 -c copy -f flv "${ingest.rtmpUrl}/${ingest.streamKey}"`;
  return h(
    'section',
    { class: 'panel ingest', 'aria-label': `How to send ${broadcast.title}`, 'data-testid': 'ingest' },
    h('h2', {}, `“${broadcast.title}” is ready`),
    h('p', { class: 'hint' }, 'The stream key is shown this once. Keep it secret: who has it can go live here.'),
    h(
      'dl',
      { class: 'fields' },
      ...field('Server (RTMP)', ingest.rtmpUrl, 'rtmp-url'),
      ...(ingest.rtmpsUrl ? field('Server, encrypted (RTMPS)', ingest.rtmpsUrl, 'rtmps-url') : []),
      ...field('Stream key', ingest.streamKey, 'stream-key'),
      ...field('Watch address', watchUrl, 'watch-url'),
    ),
    h(
      'div',
      { class: 'howto' },
      h('h3', {}, 'From this browser'),
      h('p', {}, h('a', { href: goLivePath(broadcast.id), class: 'button primary' }, 'Go live with camera or screen')),
      h('h3', {}, 'From OBS Studio'),
      h(
        'ol',
        {},
        h('li', {}, 'Settings → Stream: choose the service “Custom…”.'),
        h('li', {}, 'Paste the server and the stream key from above.'),
        h('li', {}, 'Settings → Output: keyframe interval 2 s, audio AAC. Then “Start Streaming”.'),
      ),
      h('h3', {}, 'From a file with ffmpeg (H.264 and AAC)'),
      h('div', { class: 'code' }, h('code', {}, command), copyButton(command, 'ffmpeg command')),
    ),
  );
}

function field(label: string, value: string, testId: string): HTMLElement[] {
  return [
    h('dt', {}, label),
    h('dd', {}, h('code', { 'data-testid': testId }, value), copyButton(value, label.toLocaleLowerCase('en'))),
  ];
}

function copyButton(value: string, what: string): HTMLElement {
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      toast('Copied.');
    } catch {
      toast('The browser did not allow copying. Select the text and copy it by hand.');
    }
  };
  return h(
    'button',
    { type: 'button', class: 'button small', 'aria-label': `Copy ${what}`, onclick: () => void copy() },
    'Copy',
  );
}
