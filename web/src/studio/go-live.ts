import type { Broadcast } from '../api/broadcasts';
import { explain } from '../api/problem';
import type { AppContext, Page } from '../app/page';
import { watchPath } from '../app/routes';
import { fill, h } from '../ui/dom';
import { capture, devices, explainCapture, meterLevel, type Source } from './capture';
import { type PublishState, WhipPublisher } from './whip-publisher';
import type { Sent } from './whip-session';

const RATE_MS = 2000;
const CHOOSE_AGAIN = 'Choose what to show again.';

/** Going live from the browser: choose, look, listen, go. */
export function goLivePage(id: string, app: AppContext): Page {
  document.title = 'Go live – Rostrum';
  const stop = new AbortController();
  const element = h('div', { class: 'studio golive' });
  const title = h('h1', {}, 'Go live');
  const preview = h('video', { autoplay: true, playsinline: true, class: 'preview', 'data-testid': 'preview' });
  preview.muted = true;
  const state = h('p', { class: 'golive-state', role: 'status', 'data-testid': 'publish-state' }, 'Not on air');
  const trouble = h('p', { class: 'problem', role: 'alert', hidden: true, 'data-testid': 'publish-problem' });
  const meter = h('meter', { min: 0, max: 1, high: 0.92, value: 0, 'aria-label': 'Sound level', class: 'level' });
  const source = choice('source', 'What to show', [
    ['camera', 'Camera and microphone'],
    ['screen', 'A screen, window or tab'],
  ]);
  const camera = choice('camera', 'Camera', [['', 'The usual one']]);
  const microphone = choice('microphone', 'Microphone', [['', 'The usual one']]);
  const go = h('button', { type: 'button', class: 'button primary', 'data-testid': 'go-live' }, 'Go live');
  const end = h('button', { type: 'button', class: 'button danger', hidden: true, 'data-testid': 'stop-live' }, 'Stop');
  let stream: MediaStream | null = null;
  let stopMeter = (): void => {};
  let publisher: WhipPublisher | null = null;
  let rateTimer = 0;
  let opening = 0;
  // The choices that the stream was opened with.
  let shown: [string, string, string] = ['camera', '', ''];

  function complain(text: string): void {
    trouble.textContent = text;
    trouble.hidden = text === '';
  }

  function release(): void {
    stopMeter();
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    preview.srcObject = null;
    meter.value = 0;
  }

  /** Opens what is chosen; what a later choice has overtaken is closed again. On air, viewers see the change. */
  async function open(): Promise<void> {
    const turn = ++opening;
    complain('');
    // Viewers keep what they see until the other one is there; otherwise a camera may be one that opens only once.
    if (!publisher) release();
    try {
      const opened = await capture(source.value as Source, camera.value, microphone.value);
      if (turn !== opening || stop.signal.aborted) {
        for (const track of opened.getTracks()) track.stop();
        return;
      }
      await publisher?.send(sent(opened));
      release();
      stream = opened;
      preview.srcObject = opened;
      stopMeter = meterLevel(opened, (level) => {
        meter.value = level;
      });
      opened.getVideoTracks()[0]?.addEventListener('ended', () => pictureEnded(opened));
      opened.getAudioTracks()[0]?.addEventListener('ended', () => complain(`The sound ended. ${CHOOSE_AGAIN}`));
      await showDevices();
      // Where nothing was chosen, the browser did.
      if (source.value === 'camera') choose(camera, opened.getVideoTracks()[0]);
      choose(microphone, opened.getAudioTracks()[0]);
      shown = [source.value, camera.value, microphone.value];
    } catch (error) {
      if (turn !== opening) return;
      complain(explainCapture(error));
      // On air still with what was there before.
      if (publisher) [source.value, camera.value, microphone.value] = shown;
    }
  }

  /** "Stop sharing" of the browser, or an unplugged camera. */
  function pictureEnded(of: MediaStream): void {
    if (of !== stream) return;
    // Who stops sharing wants nothing more to be seen; a camera that falls out must not end what is said.
    if (source.value === 'screen') publisher?.stop();
    complain(`The picture ended. ${CHOOSE_AGAIN}`);
  }

  async function showDevices(): Promise<void> {
    const found = await devices();
    const named = (list: readonly MediaDeviceInfo[], what: string): [string, string][] =>
      list.map((device, n) => [device.deviceId, device.label || `${what} ${n + 1}`]);
    refill(camera, named(found.cameras, 'Camera'));
    refill(microphone, named(found.microphones, 'Microphone'));
    camera.disabled = source.value === 'screen';
  }

  async function start(): Promise<void> {
    complain('');
    if (!stream?.active) await open();
    if (!stream) return;
    busy(true);
    show('connecting', '');
    const newKey = async () => (await app.broadcasts.publishToken(id)).streamKey;
    publisher = new WhipPublisher(`/whip/${encodeURIComponent(id)}`, newKey, sent(stream), show);
    await publisher.start();
  }

  function show(now: PublishState, detail: string): void {
    const words: Record<PublishState, string> = {
      connecting: 'Connecting …',
      live: 'On air',
      interrupted: 'Interrupted, trying again …',
      stopped: 'Not on air',
      failed: 'Not on air',
    };
    element.dataset.publish = now;
    state.textContent = words[now];
    complain(detail);
    clearInterval(rateTimer);
    if (now === 'live') rateTimer = window.setInterval(() => void showRate(), RATE_MS);
    if (now === 'stopped' || now === 'failed') {
      publisher = null;
      busy(false);
    }
  }

  async function showRate(): Promise<void> {
    const rate = await publisher?.bitsPerSecond();
    if (rate && element.dataset.publish === 'live') state.textContent = `On air, ${(rate / 1e6).toFixed(1)} Mb/s`;
  }

  function busy(on: boolean): void {
    go.hidden = on;
    end.hidden = !on;
  }

  for (const chosen of [source, camera, microphone]) chosen.addEventListener('change', () => void open());
  go.addEventListener('click', () => void start());
  end.addEventListener('click', () => publisher?.stop());
  navigator.mediaDevices?.addEventListener('devicechange', () => void showDevices(), { signal: stop.signal });

  async function render(): Promise<void> {
    let broadcast: Broadcast;
    try {
      broadcast = await app.broadcasts.get(id, stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) fill(element, title, h('p', { class: 'problem' }, explain(error)));
      return;
    }
    if (broadcast.state === 'ENDED' || broadcast.state === 'CANCELLED') {
      fill(element, title, h('p', { class: 'notice' }, 'This broadcast is over. Create a new one in the studio.'));
      return;
    }
    title.textContent = broadcast.title;
    fill(
      element,
      title,
      h(
        'div',
        { class: 'golive-columns' },
        h('div', { class: 'golive-stage' }, preview, state),
        h(
          'div',
          { class: 'panel form' },
          row('What to show', source),
          row('Camera', camera),
          row('Microphone', microphone),
          row('Sound', meter),
          h('div', { class: 'golive-actions' }, go, end),
          trouble,
          h(
            'p',
            { class: 'hint' },
            h('a', { href: watchPath(id) }, 'Open the watch page'),
            ' to see what viewers see.',
          ),
        ),
      ),
    );
    if (!navigator.mediaDevices) {
      complain('Browsers give cameras to encrypted pages only. Open this page with https.');
      go.disabled = true;
      return;
    }
    await open();
  }

  void app.signIn.ready.then(() => {
    if (!stop.signal.aborted) void render();
  });
  return {
    element,
    leave() {
      stop.abort();
      publisher?.stop();
      clearInterval(rateTimer);
      opening++;
      release();
    },
  };
}

function sent(stream: MediaStream): Sent {
  return { video: stream.getVideoTracks()[0] ?? null, audio: stream.getAudioTracks()[0] ?? null };
}

function choice(id: string, label: string, options: [string, string][]): HTMLSelectElement {
  const select = h('select', { id: `golive-${id}`, 'aria-label': label, 'data-testid': `choose-${id}` });
  refill(select, options);
  return select;
}

/** Shows the device of a track, where that is one that can be chosen. */
function choose(select: HTMLSelectElement, track: MediaStreamTrack | undefined): void {
  const id = track?.getSettings().deviceId;
  if ([...select.options].some((option) => option.value === id)) select.value = id ?? '';
}

/** Keeps what is chosen where it is still there. */
function refill(select: HTMLSelectElement, options: [string, string][]): void {
  const chosen = select.value;
  if (options.length === 0) return;
  fill(select, ...options.map(([value, text]) => h('option', { value }, text)));
  if (options.some(([value]) => value === chosen)) select.value = chosen;
}

function row(label: string, control: HTMLElement): HTMLElement {
  return h('div', { class: 'row' }, h('label', { for: control.id || null }, label), control);
}
